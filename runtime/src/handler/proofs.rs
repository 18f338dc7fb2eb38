//! What must hold for the arguments of a verb: traits that exist for the messages of the compiler.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use crate::extract::FromRequest;
use crate::handler::Gather;
use crate::request::Request;

/// Asks about an argument type without demanding that it is an extractor: the handler's own code demands it, once.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: FromRequest> Probe<T> {
    /// Whether it reads the body.
    pub const READS_BODY: bool = T::READS_BODY;

    /// Whether it is of no use without one.
    pub const EXPECTS_BODY: bool = T::EXPECTS_BODY;

    /// Takes it out of the request; what its rejection says is kept.
    #[expect(
        clippy::manual_async_fn,
        reason = "that it is `Send` is said, as inference gives up on a trait object in `T`"
    )]
    pub fn extract(request: &mut Request, gather: &mut Gather) -> impl Future<Output = Option<T>> + Send {
        async move { gather.keep(request.extract::<T>().await) }
    }
}

/// The answers of [`Probe`] for a type that is no extractor.
pub trait NotExtracted {
    /// The type that is none.
    type Value;

    /// It does not read anything.
    const READS_BODY: bool = false;

    /// It does not expect anything.
    const EXPECTS_BODY: bool = false;

    /// It is never there.
    fn extract(_: &mut Request, _: &mut Gather) -> Ready<Option<Self::Value>> {
        ready(None)
    }
}

impl<T> NotExtracted for Probe<T> {
    type Value = T;
}

/// Whether an argument reads the body after another has.
#[derive(Debug)]
pub struct SecondBody<const IT_IS: bool>;

/// Holds where at most one argument reads the body.
#[diagnostic::on_unimplemented(
    message = "two arguments read the body, and there is only one",
    label = "an argument before this one reads it, too",
    note = "take the body once, and make both values of it in the handler"
)]
pub trait ReadsOnce {
    /// The proof.
    const PROOF: () = ();
}

#[diagnostic::do_not_recommend]
impl ReadsOnce for SecondBody<false> {}

/// Whether an argument of a GET or HEAD handler expects a body.
#[derive(Debug)]
pub struct BodyOfGet<const IT_IS: bool>;

/// Holds where no argument of a GET or HEAD handler expects a body.
#[diagnostic::on_unimplemented(
    message = "a GET request carries no body, and this argument reads one",
    label = "reads the body",
    note = "write `#[post]` or `#[put]`; where clients do send a body with GET, say so: `#[get(body = true)]`"
)]
pub trait NeedsNoBody {
    /// The proof.
    const PROOF: () = ();
}

#[diagnostic::do_not_recommend]
impl NeedsNoBody for BodyOfGet<false> {}

/// Whether an argument of a hook reads the body.
#[derive(Debug)]
pub struct BodyOfHook<const IT_IS: bool>;

/// Holds where no argument of a hook reads the body.
#[diagnostic::on_unimplemented(
    message = "the body belongs to the handler, and this argument reads it",
    label = "reads the body",
    note = "`#[prepare]`, `#[finish]` and `#[every]` take arguments that leave the body, such as `State<T>` or `HeaderMap`"
)]
pub trait LeavesBody {
    /// The proof.
    const PROOF: () = ();
}

#[diagnostic::do_not_recommend]
impl LeavesBody for BodyOfHook<false> {}

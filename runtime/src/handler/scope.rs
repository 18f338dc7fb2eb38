//! Scopes: what the handlers under a prefix share.

use std::any::TypeId;
use std::fmt;
use std::pin::Pin;

use crate::extract::Needs;
use crate::handler::{Outcome, Package, Wrap};
use crate::link::Link;
use crate::location::Location;
use crate::request::{Limits, Request};
use crate::response::{IntoResponse, Response};

/// A struct declared with `#[scope("/prefix")]`. The macro implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared as a scope",
    label = "has no prefix",
    note = "write `#[scope(\"/prefix\")]` on the struct"
)]
pub trait Scope: Sized + 'static {
    /// What is known of it.
    const SCOPE: ScopeRecord;

    /// The same, where a constant must be reached by a call.
    fn scope() -> &'static ScopeRecord {
        &const { Self::SCOPE }
    }

    /// Reads its inputs; all faults are added, and `None` is returned when there is one.
    fn read(request: &Request, faults: &mut crate::response::Faults) -> Option<Self>;
}

/// What is known of a scope before the program runs.
#[derive(Clone, Copy)]
pub struct ScopeRecord {
    /// Which struct it is.
    pub id: fn() -> TypeId,
    /// The name for people.
    pub name: &'static str,
    /// The place of its attribute.
    pub location: Location,
    /// The prefix as declared; `/` for none.
    pub prefix: &'static str,
    /// The same in normal form, as links are written.
    pub normal: &'static str,
    /// The form of the hosts that it serves; all where it says nothing.
    pub host: Option<&'static str>,
    /// The scope around it.
    pub parent: Option<fn() -> &'static ScopeRecord>,
    /// What its options say.
    pub options: Options,
}

/// The options that scopes and routes share.
#[derive(Clone, Copy)]
pub struct Options {
    /// Its limits, innermost first.
    pub limits: &'static [fn() -> Limits],
    /// What stands around its handlers, outermost first.
    pub wraps: &'static [Wrap],
}

impl Options {
    /// None.
    pub const NONE: Self = Self { limits: &[], wraps: &[] };

    /// The limits together.
    pub(crate) fn limits(&self) -> Limits {
        self.limits.iter().fold(Limits::default(), |limits, next| limits.within(next()))
    }
}

impl ScopeRecord {
    /// This scope and those around it, innermost first. There is no circle: `impl Scope` of the inner one asks that the outer
    /// one is a scope, which the compiler then cannot prove.
    pub(crate) fn chain(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |scope| scope.parent.map(|parent| parent()))
    }

    /// The host that it, or the nearest scope around it, serves.
    pub(crate) fn host(&'static self) -> Option<&'static str> {
        self.chain().find_map(|scope| scope.host)
    }

    /// The path before that of its handlers: empty for `/`.
    pub(crate) fn path(&'static self) -> String {
        joined(self, |scope| scope.prefix)
    }
}

fn joined(scope: &'static ScopeRecord, part: fn(&ScopeRecord) -> &'static str) -> String {
    let mut parts: Vec<&str> = scope.chain().map(part).filter(|prefix| *prefix != "/").collect();
    parts.reverse();
    parts.concat()
}

/// Writes the prefix of a scope into a link.
pub fn write_scope(link: &mut Link, scope: Option<fn() -> &'static ScopeRecord>) {
    if let Some(scope) = scope {
        link.literal(&joined(scope(), |scope| scope.normal));
    }
}

/// The impl with `#[scope]` of a scope: there is one.
pub trait OneImpl {}

/// What a `#[finish]` borrows: how the request came out.
#[diagnostic::on_unimplemented(
    message = "a `#[finish]` borrows the outcome, and this is none",
    label = "not `Outcome`",
    note = "write `outcome: &Outcome`, and own every other argument"
)]
pub trait SeenByFinish: Sized {
    /// The outcome.
    fn seen(outcome: &Outcome) -> &Self;
}

#[diagnostic::do_not_recommend]
impl SeenByFinish for Outcome {
    fn seen(outcome: &Outcome) -> &Self {
        outcome
    }
}

impl fmt::Debug for ScopeRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scope({} {} at {})", self.name, self.prefix, self.location)
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Options({} limits, {} stages)", self.limits.len(), self.wraps.len())
    }
}

/// A `#[prepare]` at work: it gives nothing, or the answer.
pub type Preparing<'a> = Pin<Box<dyn Future<Output = Option<Response>> + Send + 'a>>;

/// A `#[finish]` at work.
pub type Finishing = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a `#[prepare]` may return: nothing, or a `Result` whose error is the answer and whose value is left for the
/// handler.
#[diagnostic::on_unimplemented(
    message = "a `#[prepare]` cannot return `{Self}`",
    label = "neither nothing nor a `Result`",
    note = "return `()`, or `Result<V, E>`: `E` is sent as the answer, `V` is left for `Extension<V>`"
)]
pub trait Prepared: Sized {
    /// Leaves the value with the request, or gives the answer.
    fn prepared(self, request: &mut Request) -> Option<Response>;

    /// The value that it leaves.
    fn provides() -> (TypeId, &'static str);
}

impl Prepared for () {
    fn prepared(self, _: &mut Request) -> Option<Response> {
        None
    }

    fn provides() -> (TypeId, &'static str) {
        (TypeId::of::<()>(), "()")
    }
}

impl<V: Clone + Send + Sync + 'static, E: IntoResponse> Prepared for Result<V, E> {
    fn prepared(self, request: &mut Request) -> Option<Response> {
        match self {
            Ok(value) => {
                if TypeId::of::<V>() != TypeId::of::<()>() {
                    request.extensions_mut().insert(value);
                }
                None
            }
            Err(answer) => Some(answer.into_response()),
        }
    }

    fn provides() -> (TypeId, &'static str) {
        (TypeId::of::<V>(), std::any::type_name::<V>())
    }
}

/// What a `#[finish]` is called with: the request without its body, and how it came out.
pub type Finish = fn(Request, Outcome) -> Finishing;

/// One `#[prepare]`.
#[derive(Clone, Copy)]
pub struct Prepare {
    /// Runs it.
    pub run: for<'a> fn(&'a mut Request) -> Preparing<'a>,
    /// The value that it leaves for `Extension<V>`, and the name of its type.
    pub provides: fn() -> (TypeId, &'static str),
    /// What its arguments need.
    pub needs: fn(&mut Needs),
    /// The name for people.
    pub name: &'static str,
    /// Where it stands.
    pub location: Location,
}

/// The `#[prepare]` and `#[finish]` functions of one scope or handler.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// Before the handlers, in the order of the impl.
    pub prepares: &'static [Prepare],
    /// After the answer, in the order of the impl.
    pub finishes: &'static [Finish],
    /// What the arguments of the finishes need.
    pub needs: fn(&mut Needs),
}

impl Hooks {
    /// None.
    pub const NONE: Self = Self { prepares: &[], finishes: &[], needs: |_| {} };
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hooks({} before, {} after)", self.prepares.len(), self.finishes.len())
    }
}

/// The impl of a scope, as its macro registers it.
#[derive(Clone, Copy, Debug)]
pub struct ScopeHooks {
    /// Which scope it belongs to.
    pub id: fn() -> TypeId,
    /// Which package wrote it.
    pub package: Package,
    /// Its functions.
    pub hooks: Hooks,
}

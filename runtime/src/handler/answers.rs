//! Which verbs a handler has, and what they answer with: how a client knows the type of an answer.

use crate::link::ToLink;

macro_rules! verbs {
    ($($name:ident = $method:literal;)*) => {$(
        #[doc = concat!("The method ", $method, ", as a type.")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
    )*};
}

verbs! {
    Get = "GET";
    Post = "POST";
    Put = "PUT";
    Patch = "PATCH";
    Delete = "DELETE";
    Head = "HEAD";
    Options = "OPTIONS";
}

/// `Item: Answers<Get, Json<View>>` says that `Item` has a `#[get]` that returns `Json<View>`.
///
/// The macros implement it, a client asks for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no verb for `{V}`",
    label = "the handler does not answer this method",
    note = "its verbs are the methods with `#[get]`, `#[post]`, .. in its `#[handler] impl`"
)]
pub trait Answers<V, O>: ToLink {}

/// The answer of a verb whose result has no name that a client could use, such as `impl IntoResponse`.
#[derive(Clone, Copy, Debug)]
pub struct Untyped;

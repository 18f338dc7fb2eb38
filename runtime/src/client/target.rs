//! Where a call goes: the link of a handler struct, or an address.

use http::Uri;

use crate::error::{Error, Result};
use crate::handler::{Answers, Untyped};
use crate::link::{Link, ToLink};

/// Where a call goes, before a client has put its own part before it.
#[derive(Debug)]
pub struct Target(pub(crate) Aim);

/// What a target is made of.
#[derive(Debug)]
pub(crate) enum Aim {
    /// A handler's request: its prefix is the client's affair.
    Link(Link),
    /// A path or a whole address.
    Address(Result<Uri>),
}

/// What a client calls with method `V`: a handler struct that has this verb, or a path as text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer `{V}`",
    label = "has no verb for this method",
    note = "a client calls a handler struct by a verb that its `#[handler] impl` has, or a path as text"
)]
pub trait IntoCall<V, O> {
    /// Where the call goes.
    fn into_target(self) -> Target;
}

impl<V, O, H: Answers<V, O>> IntoCall<V, O> for H {
    fn into_target(self) -> Target {
        Target(Aim::Link(Link::to(&self)))
    }
}

impl<V> IntoCall<V, Untyped> for &str {
    fn into_target(self) -> Target {
        IntoRequest::into_target(self)
    }
}

impl<V> IntoCall<V, Untyped> for String {
    fn into_target(self) -> Target {
        IntoRequest::into_target(self)
    }
}

impl<V> IntoCall<V, Untyped> for Uri {
    fn into_target(self) -> Target {
        IntoRequest::into_target(self)
    }
}

/// What a client calls with any method: a handler struct, whatever verbs it has, or a path as text or `Uri`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no request",
    label = "neither a handler struct nor a path",
    note = "write `client.request(method, Item::at(7))` or `client.request(method, \"/items/7\")`"
)]
pub trait IntoRequest {
    /// Where the call goes.
    fn into_target(self) -> Target;
}

#[diagnostic::do_not_recommend]
impl<L: ToLink> IntoRequest for L {
    fn into_target(self) -> Target {
        Target(Aim::Link(Link::to(&self)))
    }
}

impl IntoRequest for &str {
    fn into_target(self) -> Target {
        let uri = Uri::try_from(self).map_err(|error| Error::link(format!("{self:?} is no address: {error}")));
        Target(Aim::Address(uri))
    }
}

impl IntoRequest for String {
    fn into_target(self) -> Target {
        IntoRequest::into_target(self.as_str())
    }
}

impl IntoRequest for Uri {
    fn into_target(self) -> Target {
        Target(Aim::Address(Ok(self)))
    }
}

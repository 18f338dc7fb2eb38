//! What some options of an input ask of its type.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::extract::fields::read_fields;
use crate::link::Link;
use crate::request::Request;
use crate::response::{Faults, Place};

/// A struct that takes the whole query: `#[query(flatten)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened into the query",
    label = "not a serde struct",
    note = "derive `serde::Serialize` and `serde::Deserialize` on it"
)]
pub trait Flatten: Sized {
    /// Reads it from the whole query.
    fn read(request: &Request, faults: &mut Faults) -> Option<Self>;

    /// Adds it to the query of a link.
    fn write(&self, name: &str, link: &mut Link);
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Flatten for T {
    fn read(request: &Request, faults: &mut Faults) -> Option<Self> {
        let read = read_fields(request.uri().query().unwrap_or_default().as_bytes());
        read.map_err(|fault| faults.unreadable(Place::Query, fault.name, fault.detail)).ok()
    }

    fn write(&self, name: &str, link: &mut Link) {
        link.query_of(name, self);
    }
}

/// A type that a default written as text becomes: `#[query(default = "en")]`.
#[diagnostic::on_unimplemented(
    message = "the default of a `{Self}` cannot be text",
    label = "not made of text",
    note = "write the default as an expression of this type, such as `default = 20` or `default = Order::Newest`"
)]
pub trait FromText {
    /// Makes it.
    fn from_text(text: &'static str) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<&'static str>> FromText for T {
    fn from_text(text: &'static str) -> Self {
        text.into()
    }
}

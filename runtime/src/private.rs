//! What generated code calls. Not public API: it changes without notice.

use std::borrow::Cow;
use std::ops::RangeBounds;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::request::percent_decoded;

pub use crate::application::{Built, Program, block, enter, main};
pub use crate::extract::Needs;
pub use crate::extract::{FromRequest, Input, Many, Measured, Number, One, Optional, Param, Ranged, Text, Values};
pub use crate::handler::{
    Answers, Delete, Gather, Get, Handler, HandlerFuture, Head, InputRecord, Inputs, Options, Package, Patch, Post,
    Put, Route, Untyped, blocking, detached,
};
pub use crate::link::{Link, ToLink};
pub use crate::location::Location;
pub use crate::registry::Registration;
pub use crate::request::Request;
pub use crate::response::{Faults, IntoResponse, Place, Response};
pub use inventory;
pub use squall_macros::{__claim, __no_struct};
pub use std::boxed::Box;
pub use std::string::String;
pub use std::vec::Vec;

type Detail = Cow<'static, str>;

/// Reads a path parameter.
pub fn path<T>(
    request: &Request,
    index: usize,
    name: &'static str,
    parse: fn(&str) -> Result<T, String>,
    faults: &mut Faults,
) -> Option<T> {
    let raw = request.params().text(request.uri().path(), index).unwrap_or_default();
    let parsed = percent_decoded(raw).map_err(Detail::from).and_then(|text| parse(&text).map_err(Detail::from));
    parsed.map_err(|detail| faults.unreadable(Place::Path, name, detail)).ok()
}

/// The values of a query parameter.
pub fn query<'a>(request: &'a Request, name: &'a str) -> Values<'a> {
    Values::query(request.uri().query(), name)
}

/// The values of a header field.
pub fn header<'a>(request: &'a Request, name: &'a str) -> Values<'a> {
    Values::header(request.headers(), name)
}

/// The values of a cookie.
pub fn cookie<'a>(request: &'a Request, name: &'a str) -> Values<'a> {
    Values::cookie(request.headers(), name)
}

/// An input as read, or what stands for it when it is absent; `None` when that is a fault.
pub fn or<T>(
    read: Result<Option<T>, Detail>,
    place: Place,
    name: &'static str,
    faults: &mut Faults,
    absent: impl FnOnce() -> Option<T>,
) -> Option<T> {
    let detail = match read.map(|value| value.or_else(absent)) {
        Ok(Some(value)) => return Some(value),
        Ok(None) => "is missing".into(),
        Err(detail) => detail,
    };
    faults.unreadable(place, name, detail);
    None
}

/// Adds the fault that a rule finds in a default.
pub fn wrong_default(name: &str, fault: Option<String>, faults: &mut Vec<String>) {
    if let Some(fault) = fault {
        faults.push(format!("the default of `{name}` {fault}"));
    }
}

/// What is expected of an enum that is read by the names of its variants.
pub fn one_of(names: &[&str]) -> String {
    format!("must be one of {}", names.join(", "))
}

/// The link to a request, for `url()`.
///
/// # Panics
/// Where it documents that it does.
#[track_caller]
pub fn url<L: ToLink>(request: &L) -> http::Uri {
    match Link::to(request).uri("") {
        Ok(uri) => uri,
        Err(error) => panic!("{error}"),
    }
}

/// Runs the launch check of an application, in the test that `#[squall::main]` makes.
///
/// # Panics
/// With the launch report.
pub fn launch_check<F>(build: F)
where
    F: Future,
    F::Output: Built,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let checked = runtime.map_err(|error| error.to_string()).and_then(|runtime| {
        let application = runtime.block_on(build).built()?;
        application.check().map_err(|error| error.to_string())
    });
    if let Err(report) = checked {
        panic!("{report}");
    }
}

/// Adds the fault that a rule found.
pub fn rule(fault: Option<String>, place: Place, name: &'static str, faults: &mut Faults) {
    if let Some(detail) = fault {
        faults.broken(place, name, detail);
    }
}

/// What is wrong with a length, if anything.
pub fn length(measure: Option<(&'static str, usize)>, range: &impl RangeBounds<usize>) -> Option<String> {
    crate::extract::wrong_length(measure, range)
}

/// Writes an input into a link, unless it is what stands there anyway.
pub fn write(
    value: impl FnOnce(&mut dyn FnMut(&str)),
    default: impl FnOnce(&mut dyn FnMut(&str)),
    mut put: impl FnMut(&str),
) {
    let texts = |write: &mut dyn FnMut(&mut dyn FnMut(&str))| {
        let mut texts = Vec::new();
        write(&mut |text| texts.push(text.to_owned()));
        texts
    };
    let (mut value, mut default) = (Some(value), Some(default));
    let value = texts(&mut |each| value.take().map_or((), |value| value(each)));
    if value == texts(&mut |each| default.take().map_or((), |default| default(each))) {
        return;
    }
    if value.is_empty() {
        // Leaving it out would bring the default back.
        put("");
    }
    value.iter().for_each(|text| put(text));
}

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
        let read = crate::extract::query_of(request.uri().query());
        read.map_err(|detail| faults.unreadable(Place::Query, "", detail)).ok()
    }

    fn write(&self, name: &str, link: &mut Link) {
        link.query_of(name, self);
    }
}

/// A type that a default written as text becomes: `#[query(default = "en")]`.
#[diagnostic::on_unimplemented(
    message = "the default of a `{Self}` cannot be text",
    label = "not made of text",
    note = "write the default as an expression of this type, such as `default = 20`"
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

/// Asks about an argument type without demanding that it is an extractor: the handler's own code demands it, once.
#[derive(Debug)]
pub struct Probe<T>(std::marker::PhantomData<T>);

impl<T: FromRequest> Probe<T> {
    /// Whether it reads the body.
    pub const READS_BODY: bool = T::READS_BODY;

    /// What it needs.
    pub fn needs(needs: &mut Needs) {
        T::needs(needs);
    }
}

/// The answers of [`Probe`] for a type that is no extractor.
pub trait NotExtracted {
    /// It does not read anything.
    const READS_BODY: bool = false;

    /// It needs nothing.
    fn needs(_: &mut Needs) {}
}

impl<T> NotExtracted for Probe<T> {}

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

impl ReadsOnce for SecondBody<false> {}

/// Whether an argument of a GET or HEAD handler reads the body.
#[derive(Debug)]
pub struct BodyOfGet<const IT_IS: bool>;

/// Holds where no argument of a GET or HEAD handler reads the body.
#[diagnostic::on_unimplemented(
    message = "a GET request carries no body, and this argument reads one",
    label = "reads the body",
    note = "write `#[post]` or `#[put]`; where clients do send a body with GET, say so: `#[get(body = true)]`"
)]
pub trait NeedsNoBody {
    /// The proof.
    const PROOF: () = ();
}

impl NeedsNoBody for BodyOfGet<false> {}

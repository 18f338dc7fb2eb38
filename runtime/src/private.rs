//! What generated code calls. Not public API: it changes without notice.

use std::borrow::Cow;
use std::ops::RangeBounds;

use crate::request::percent_decoded;

pub use crate::application::{Application, Built, Program, block, enter, main};
pub use crate::extract::{
    Flatten, FromRequest, FromText, Input, Many, Matched, Measured, Needs, Number, One, Optional, Param, Pattern,
    Ranged, Text, Values,
};
#[cfg(feature = "multipart")]
pub use crate::extract::{
    MultipartRejection, Part, PartInput, PartSlot, TakePart, begin_form, strange_part, taken_part,
};
pub use crate::handler::{
    Answers, BodyOfGet, BodyOfHook, Delete, Finish, Finisher, Finishes, Finishing, Gather, Get, Handler, HandlerFuture,
    Head, Hooks, InputRecord, Inputs, LeavesBody, NeedsNoBody, NotExtracted, OneImpl, Options, Outcome, Package, Patch,
    Periodic, Post, Prepare, Prepared, Preparing, Probe, Put, Ran, ReadsOnce, Route, RouteOptions, Scope, ScopeHooks,
    ScopeRecord, SecondBody, SeenByFinish, Serve, Stage, Untyped, Wrap, blocking, detached, write_scope,
};
pub use crate::link::{Link, ToLink};
pub use crate::location::Location;
pub use crate::middleware::{layer, middleware, on_error};
pub use crate::registry::Registration;
pub use crate::request::{Limits, Request, Tasks};
pub use crate::response::{Faults, IntoResponse, Place, Problem, Response, derived};
pub use inventory;
pub use squall_macros::{__claim, __no_struct};
pub use std::boxed::Box;
pub use std::string::{String, ToString};
pub use std::sync::LazyLock;
pub use std::vec::Vec;

type Detail = Cow<'static, str>;

/// What reading an input gives: the value, nothing, or what is wrong with it.
pub type Read<T> = Result<Option<T>, Detail>;

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
    read: Read<T>,
    place: Place,
    name: &'static str,
    faults: &mut Faults,
    absent: fn() -> Option<T>,
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

/// The path of a handler at the prefix of its scope itself.
pub fn write_root(link: &mut Link) {
    link.root();
}

/// Which type it is, as a function for records.
pub fn id_of<T: 'static>() -> std::any::TypeId {
    std::any::TypeId::of::<T>()
}

/// Sees to the `#[finish]` functions of a handler, where its inputs could be read.
pub fn finisher(request: &mut Request, hooks: &Hooks, is_read: bool) -> Option<Finisher> {
    is_read.then(|| Finisher::begin(request, Finishes::Constant(hooks.finishes)))
}

/// Runs the `#[prepare]` functions of a handler in order, up to the first answer; the finisher takes along what they leave.
pub async fn prepare(request: &mut Request, hooks: &Hooks, finisher: &mut Option<Finisher>) -> Option<Response> {
    for prepare in hooks.prepares {
        let answer = (prepare.run)(request).await;
        if let Some(finisher) = finisher {
            finisher.update(request);
        }
        if answer.is_some() {
            return answer;
        }
    }
    None
}

/// The answer is there.
pub fn finish(finisher: Option<Finisher>, response: Response) -> Response {
    match finisher {
        Some(finisher) => finisher.answered(response),
        None => response,
    }
}

/// What a hook or task asks for could not be taken, so it does not run.
#[cold]
pub fn unfinished(name: &'static str, gather: Gather) {
    let status = gather.refuse().status();
    if status.is_server_error() {
        tracing::error!(name, %status, "an argument could not be taken, so it does not run");
    } else {
        // What a client sends is no fault of the program, and fills no log.
        tracing::debug!(name, %status, "an argument could not be taken, so it does not run");
    }
}

/// Where a detached verb is counted.
pub fn tasks(request: &Request) -> Tasks {
    request.tasks()
}

/// The future of a request that is refused before its handler runs.
#[cold]
pub fn refused(answer: Response) -> HandlerFuture {
    Box::pin(std::future::ready(answer))
}

/// Runs the launch check of an application, in the test that `#[squall::main]` makes.
///
/// # Panics
/// With the launch report.
pub fn launch_check(build: impl Future<Output = Result<Application, String>>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let checked = runtime.map_err(|error| error.to_string()).and_then(|runtime| {
        let application = runtime.block_on(build)?;
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

/// Writes an input into a link, unless it is what stands there anyway; false when it cannot be said there.
#[must_use]
pub fn write(
    value: impl FnOnce(&mut dyn FnMut(&str)),
    default: impl FnOnce(&mut dyn FnMut(&str)),
    empty_is_a_value: fn() -> bool,
    mut put: impl FnMut(&str),
) -> bool {
    let (mut values, mut defaults) = (Vec::new(), Vec::new());
    value(&mut |text| values.push(text.to_owned()));
    default(&mut |text| defaults.push(text.to_owned()));
    if values == defaults {
        return true;
    }
    if values.is_empty() {
        // Leaving it out would bring the default back.
        if empty_is_a_value() {
            return false;
        }
        put("");
    }
    for text in values {
        put(&text);
    }
    true
}

/// Writes a header field into a link.
pub fn header_line(link: &mut Link, name: &str, text: &str, fits: fn(&str) -> bool) {
    if fits(text) {
        link.header(name, text);
    } else {
        link.cannot_be_sent(format!("header `{name}` is a list, and {text:?} is not one element of it"));
    }
}

/// Makes a link faulty by an input that has a default and cannot say that it is absent.
#[cold]
pub fn unsayable(link: &mut Link, place: Place, name: &str) {
    let fault = format!("{place} `{name}` cannot be absent: its default would come back");
    match place {
        Place::Header | Place::Cookie => link.cannot_be_sent(fault),
        Place::Path | Place::Query | Place::Body => link.cannot_be_written(fault),
    }
}

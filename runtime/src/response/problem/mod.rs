//! Failures in one shape: problem documents (RFC 9457), in the form that the client asks for.

mod any;
mod document;
mod failure;
mod page;
mod raised;
mod render;

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;
use http::header::HeaderValue;

use crate::response::{Faults, IntoResponse as _, Response};

pub use any::AnyError;
pub use document::Problem;
pub use failure::Failure;
pub(crate) use raised::{LogContext, Raised, chain};
pub(crate) use render::{named, rendered};

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// The problem of a status, and nothing more.
pub(crate) fn problem(status: StatusCode) -> Response {
    Problem::new(status).into_response()
}

/// The answer of an extractor that refuses a request: a problem of this status, with words for the person who sent it.
/// The rejection itself travels along, for the application's own error page.
pub(crate) fn rejected<E: Send + Sync + 'static>(rejection: E, status: StatusCode, detail: &str) -> Response {
    Raised::new(Problem::new(status).detail(detail.to_owned())).with_value(rejection).into_response()
}

/// The same where the refusal is about single inputs.
pub(crate) fn faulty<E: Send + Sync + 'static>(rejection: E, faults: Faults) -> Response {
    Raised::new(Problem::new(faults.status()).with_faults(faults)).with_value(rejection).into_response()
}

/// The answer of an extractor that finds nothing where the program should have put something: 500, and why in the log.
pub(crate) fn missing<E: Send + Sync + 'static>(rejection: E, why: String) -> Response {
    Raised::new(Problem::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by(why)).with_value(rejection).into_response()
}

/// Left in the answer to a result that could not be written, so that a status beside it does not hide the failure.
#[derive(Clone)]
struct Unwritten;

/// 500 for a result that could not be written, and why.
#[cold]
pub(crate) fn failed(what: &'static str, error: impl Into<Box<dyn StdError + Send + Sync>>) -> Response {
    let told = Told { what, source: error.into() };
    unwritten(Raised::new(Problem::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by(told)))
}

fn unwritten(raised: Raised) -> Response {
    let mut response = raised.into_response();
    response.extensions_mut().insert(Unwritten);
    response
}

/// Gives a response the status that stands beside it. A failure stays one, and what [`failed`] made what it is.
pub(super) fn set_status(response: &mut Response, status: StatusCode) {
    let extensions = response.extensions();
    match extensions.get::<Raised>() {
        _ if extensions.get::<Unwritten>().is_some() => {}
        None => *response.status_mut() = status,
        Some(_) if status.as_u16() < 400 => {}
        Some(raised) => {
            let changed = raised.is_untouched(response).then(|| raised.clone().with_status(status));
            *response.status_mut() = status;
            if let Some(changed) = changed {
                let changed = changed.into_response();
                let (head, body) = changed.into_parts();
                *response.body_mut() = body;
                response.extensions_mut().extend(head.extensions);
            }
        }
    }
}

/// What failed, and why.
#[derive(Debug)]
struct Told {
    what: &'static str,
    source: Box<dyn StdError + Send + Sync>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

impl StdError for Told {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

//! Refusals in one shape: `application/problem+json` (RFC 9457).

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use crate::response::{Fault, Faults, IntoResponse as _, Response};

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Fault]>,
}

/// The problem document of a status, with the faults where there are any.
pub(crate) fn problem(status: StatusCode, faults: Option<&Faults>) -> Response {
    let problem = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or("Unknown"),
        status: status.as_u16(),
        errors: faults.map(Faults::as_slice),
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// The answer of an extractor that refuses a request: a problem of this status, with words for the person who sent it.
/// The rejection itself travels along, for the application's own error page.
pub(crate) fn rejected<E: Send + Sync + 'static>(rejection: E, status: StatusCode, detail: &str) -> Response {
    let _ = (rejection, detail);
    problem(status, None)
}

/// The same where the refusal is about single inputs.
pub(crate) fn faulty<E: Send + Sync + 'static>(rejection: E, faults: Faults) -> Response {
    let _ = rejection;
    faults.into_response()
}

/// Left in the answer to a result that could not be written, so that a status beside it does not hide the failure.
#[derive(Clone)]
struct Failed;

/// 500 for a result that could not be written; the caller has logged why.
#[cold]
pub(crate) fn failure() -> Response {
    let mut response = problem(StatusCode::INTERNAL_SERVER_ERROR, None);
    response.extensions_mut().insert(Failed);
    response
}

/// Gives a response the status that stands beside it, unless it is a [`failure`].
pub(super) fn set_status(response: &mut Response, status: StatusCode) {
    if response.extensions().get::<Failed>().is_none() {
        *response.status_mut() = status;
    }
}

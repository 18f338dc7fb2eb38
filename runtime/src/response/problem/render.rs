//! The form in which a failure is sent: what `Accept` asks for, out of JSON, a page and lines of text.

use std::error::Error as _;

use http::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use serde_json::Value;

use crate::request::RequestId;
use crate::response::accept::{Offer, preferred};
use crate::response::problem::{Raised, chain, page};
use crate::response::{Problem, Response};

/// The forms in the order in which they are sent to a client that does not care. JSON has two names and is one form.
const FORMS: [Offer; 4] = [
    Offer { media: ("application", "problem+json") },
    Offer { media: ("application", "json") },
    Offer { media: ("text", "html") },
    Offer { media: ("text", "plain") },
];
const HTML: usize = 2;
const PLAIN: usize = 3;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A finished answer: in the form that is asked for where it is a failure that nobody has written otherwise, with the
/// header fields it has. What is no failure is given back as it is. With `debug` it tells the cause, too.
pub(crate) fn rendered(response: Response, accept: Option<&HeaderValue>, id: RequestId, debug: bool) -> Response {
    let Some(raised) = response.extensions().get::<Raised>().cloned() else { return response };
    if raised.is_untouched(&response) {
        return in_form(response, &raised, accept, id, debug);
    }
    named(response, id)
}

/// Whether a page is what the client would get.
pub(super) fn prefers_page(accept: Option<&HeaderValue>) -> bool {
    preferred(accept, &FORMS) == HTML
}

fn in_form(
    mut response: Response,
    raised: &Raised,
    accept: Option<&HeaderValue>,
    id: RequestId,
    debug: bool,
) -> Response {
    let problem = raised.problem();
    let cause = problem.source().filter(|_| debug).map(chain);
    let form = preferred(accept, &FORMS);
    let (content_type, body) = match form {
        HTML => ("text/html; charset=utf-8", page::page(problem, cause.as_deref(), id).into()),
        PLAIN => ("text/plain; charset=utf-8", page::lines(problem, cause.as_deref(), id).into()),
        _ => {
            let body = match cause {
                Some(cause) => problem.clone().with("cause", cause).to_json(),
                None => std::mem::take(response.body_mut()),
            };
            ("application/problem+json", body)
        }
    };
    *response.body_mut() = body;
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if form == HTML {
        // The page loads nothing and runs nothing, whatever text stands in it.
        let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    headers.entry(X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    let mut varies = headers.get_all(VARY).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    if !varies
        .any(|name| name.trim_ascii() == b"*" || name.trim_ascii().eq_ignore_ascii_case(ACCEPT.as_str().as_bytes()))
    {
        headers.append(VARY, HeaderValue::from_static("accept"));
    }
    named(response, id)
}

/// With the number of the request, where it has none yet.
/// Tells the client by which number the log knows its request.
pub(crate) fn named(mut response: Response, id: RequestId) -> Response {
    let name = || HeaderValue::try_from(id.to_string()).expect("hexadecimal digits");
    response.headers_mut().entry(REQUEST_ID).or_insert_with(name);
    response
}

/// A value as a person reads it: text without its quotes.
pub(super) fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The fault's place and name in words, such as ``query `limit` ``.
pub(super) fn places(problem: &Problem) -> impl Iterator<Item = (String, &str)> {
    let faults = problem.faults().map(crate::response::Faults::as_slice).unwrap_or_default();
    faults.iter().map(|fault| {
        let name = if fault.name.is_empty() { String::new() } else { format!(" `{}`", fault.name) };
        (format!("{}{name}", fault.place), fault.detail.as_ref())
    })
}

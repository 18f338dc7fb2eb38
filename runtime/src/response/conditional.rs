//! Answers that depend on what the client has: 304, 412, and parts of a file.

use http::header::{
    ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName,
    LAST_MODIFIED, TRAILER, TRANSFER_ENCODING,
};
use http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::response::conditions::{Conditions, PreconditionFailed, Verdict, date};
use crate::response::etag::ETag;
use crate::response::file_parts::FileParts;
use crate::response::{IntoResponse, Response};

/// A result that is sent as the request's conditions demand: see [`Conditions::answer`].
///
/// ```
/// use squall::{Conditions, ETag, HeaderMap, IntoResponse, Method};
///
/// let headers = HeaderMap::from_iter([(squall::http::header::IF_NONE_MATCH, ETag::of(b"text").to_value())]);
/// let response = Conditions::of(&Method::GET, &headers).answer("text").into_response();
/// assert_eq!(response.status(), 304);
/// ```
#[derive(Clone, Debug)]
pub struct Conditional<T> {
    conditions: Conditions,
    value: T,
}

impl<T> Conditional<T> {
    pub(super) fn new(conditions: Conditions, value: T) -> Self {
        Self { conditions, value }
    }
}

impl<T: IntoResponse> IntoResponse for Conditional<T> {
    fn into_response(self) -> Response {
        apply(&self.conditions, self.value.into_response())
    }
}

/// Representation metadata that a 304 leaves to what the client has (RFC 9110 section 15.4.5).
const OF_THE_BODY: [HeaderName; 8] = [
    ACCEPT_RANGES,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    TRAILER,
    TRANSFER_ENCODING,
];

/// Judges an answer as [`Conditions::answer`] tells; what is no 200 to GET or HEAD stays as it is.
pub(crate) fn apply(conditions: &Conditions, mut response: Response) -> Response {
    if response.status() != StatusCode::OK || !conditions.only_reads() {
        return response;
    }
    add_tag(&mut response);
    FileParts::announce(&mut response);
    let headers = response.headers();
    let current = headers.get(ETAG).and_then(|value| ETag::parse(value.as_bytes()));
    let modified = headers.get(LAST_MODIFIED).and_then(date);
    match conditions.judge(current.as_ref(), modified) {
        Verdict::Failed => PreconditionFailed.into_response(),
        Verdict::NotModified => not_modified(response),
        Verdict::ProceedWhole => response,
        Verdict::Proceed => match conditions.range() {
            Some(range) => FileParts::of(range, response),
            None => response,
        },
    }
}

/// Gives an answer without a validator the tag of its bytes, where they are at hand.
fn add_tag(response: &mut Response) {
    let headers = response.headers();
    if headers.contains_key(ETAG) || headers.contains_key(LAST_MODIFIED) {
        return;
    }
    if let Some(bytes) = response.body().as_bytes() {
        let tag = ETag::of(bytes).to_value();
        response.headers_mut().insert(ETAG, tag);
    }
}

fn not_modified(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    let headers: &mut HeaderMap = response.headers_mut();
    for name in OF_THE_BODY {
        headers.remove(name);
    }
    if headers.contains_key(ETAG) {
        // The tag says it better.
        headers.remove(LAST_MODIFIED);
    }
    response
}

#[cfg(test)]
mod tests {
    use http::Method;
    use http::header::{HeaderValue, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE};
    use proptest::prelude::*;

    use super::*;

    fn answered(method: &Method, headers: &HeaderMap) -> Response {
        let fields = [("etag", "\"v1\""), ("last-modified", "Tue, 02 Jan 2024 03:04:05 GMT")];
        apply(&Conditions::of(method, headers), (fields, "text").into_response())
    }

    #[test]
    fn without_conditions_nothing_changes() {
        for method in [Method::GET, Method::HEAD, Method::POST] {
            let response = answered(&method, &HeaderMap::new());
            assert_eq!((response.status().as_u16(), response.headers().len()), (200, 3), "{method}");
        }
    }

    proptest! {
        #[test]
        fn any_fields_are_judged_without_harm(
            fields in prop::collection::vec(
                (0..6_usize, prop_oneof![
                    prop::collection::vec(any::<u8>(), 0..40),
                    "(W/)?\"[a-z0-9,]{0,4}\"?[, *]{0,3}".prop_map(String::into_bytes),
                    "[A-Za-z]{3,9}, ?[0-9]{1,2}[ -][A-Za-z]{3}[ -][0-9]{2,5} [0-9:]{5,9}( GMT)?".prop_map(String::into_bytes),
                    "bytes=[0-9,-]{0,12}".prop_map(String::into_bytes),
                ]),
                0..5,
            ),
        ) {
            let names = [IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE];
            let mut headers = HeaderMap::new();
            for (name, value) in &fields {
                if let Ok(value) = HeaderValue::from_bytes(value) {
                    headers.append(&names[*name], value);
                }
            }
            let status = answered(&Method::GET, &headers).status().as_u16();
            prop_assert!([200, 304, 412].contains(&status), "{}", status);
            prop_assert_eq!(answered(&Method::HEAD, &headers).status().as_u16(), status);
            prop_assert_eq!(answered(&Method::POST, &headers).status().as_u16(), 200);
        }
    }
}

//! The usual results: text, bytes, a status, an option, a result.

use std::borrow::Cow;
use std::convert::Infallible;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};

use crate::body::Body;
use crate::error::Error;
use crate::response::{IntoResponse, Problem, Raised, Response, problem, set_status};

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

fn with_type(body: impl Into<Body>, content_type: HeaderValue) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

macro_rules! with_content_type {
    ($content_type:expr => $($type:ty),*) => {$(
        impl IntoResponse for $type {
            fn into_response(self) -> Response {
                with_type(self, $content_type)
            }
        }
    )*};
}

with_content_type!(TEXT => &'static str, String);
with_content_type!(OCTETS => &'static [u8], Vec<u8>, Bytes);

impl IntoResponse for Cow<'static, str> {
    fn into_response(self) -> Response {
        match self {
            Cow::Borrowed(text) => text.into_response(),
            Cow::Owned(text) => text.into_response(),
        }
    }
}

impl<const N: usize> IntoResponse for &'static [u8; N] {
    fn into_response(self) -> Response {
        self.as_slice().into_response()
    }
}

impl IntoResponse for () {
    fn into_response(self) -> Response {
        Response::default()
    }
}

impl IntoResponse for Infallible {
    fn into_response(self) -> Response {
        match self {}
    }
}

impl IntoResponse for Response {
    fn into_response(self) -> Response {
        self
    }
}

impl IntoResponse for Body {
    fn into_response(self) -> Response {
        Response::new(self)
    }
}

/// The bare status: without a body where it stands for success, as a problem where it stands for a failure.
impl IntoResponse for StatusCode {
    fn into_response(self) -> Response {
        if self.is_client_error() || self.is_server_error() {
            return problem(self);
        }
        let mut response = Response::default();
        *response.status_mut() = self;
        response
    }
}

/// The result under another status. A failure stays one: beside it a status below 400 does not count.
impl<T: IntoResponse> IntoResponse for (StatusCode, T) {
    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        set_status(&mut response, self.0);
        response
    }
}

/// `None` is 404.
impl<T: IntoResponse> IntoResponse for Option<T> {
    fn into_response(self) -> Response {
        self.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
    }
}

impl<T: IntoResponse, E: IntoResponse> IntoResponse for Result<T, E> {
    fn into_response(self) -> Response {
        match self {
            Ok(result) => result.into_response(),
            Err(error) => error.into_response(),
        }
    }
}

/// The status that [`Error::status`] names; the text goes to the log, never to the client.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        Raised::new(Problem::new(self.status())).with_error(self).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_say_what_they_are() {
        let of = |response: Response| response.headers()["content-type"].to_str().expect("ascii").to_owned();
        assert_eq!(of("a".into_response()), "text/plain; charset=utf-8");
        assert_eq!(of(String::from("a").into_response()), "text/plain; charset=utf-8");
        assert_eq!(of(b"a".into_response()), "application/octet-stream");
        assert_eq!(of(Bytes::from("a").into_response()), "application/octet-stream");
    }

    #[test]
    fn options_results_and_tuples() {
        assert_eq!(None::<String>.into_response().status(), 404);
        assert_eq!(Some("a").into_response().status(), 200);
        assert_eq!(Err::<&'static str, _>(StatusCode::CONFLICT).into_response().status(), 409);
        assert_eq!((StatusCode::CREATED, "made").into_response().status(), 201);
        assert_eq!(().into_response().status(), 200);
        assert_eq!(Error::too_large(1).into_response().status(), 413);
        assert_eq!((StatusCode::CREATED, None::<String>).into_response().status(), 404);
    }
}

//! Taking the body out of a request: its content coding undone, its limit kept.

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderValue};
use http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::error::Error;
use crate::request::Request;
use crate::response::{IntoResponse, Problem, Raised, Response, rejected};

#[cfg(feature = "decompression")]
pub(crate) const READABLE: HeaderValue = HeaderValue::from_static("gzip, deflate, br, zstd");
#[cfg(not(feature = "decompression"))]
pub(crate) const READABLE: HeaderValue = HeaderValue::from_static("identity");

/// Why a body cannot be read.
#[derive(Debug)]
pub enum BodyRejection {
    /// It is larger than the handler's limit (413), or broke off or is damaged (400).
    Read(Error),
    /// Its `Content-Encoding` is none that is read here (415, with `Accept-Encoding`; RFC 9110 section 12.5.3).
    Encoding,
}

impl fmt::Display for BodyRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Encoding => f.write_str("the content encoding of the body is not supported"),
        }
    }
}

impl std::error::Error for BodyRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => error.source(),
            Self::Encoding => None,
        }
    }
}

impl From<Error> for BodyRejection {
    fn from(error: Error) -> Self {
        Self::Read(error)
    }
}

impl IntoResponse for BodyRejection {
    fn into_response(self) -> Response {
        let told = self.told();
        told.answer(self)
    }
}

/// What a client is told of a body that could not be taken, whichever rejection stands around it.
pub(crate) struct Told {
    status: StatusCode,
    /// None where the words are for the log: they came with a body that a middleware put in.
    detail: Option<String>,
}

impl BodyRejection {
    pub(crate) fn told(&self) -> Told {
        let status = match self {
            Self::Read(error) => error.status(),
            Self::Encoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        };
        Told { status, detail: matches!(status.as_u16(), 400 | 413 | 415).then(|| self.to_string()) }
    }
}

impl Told {
    /// The answer; an error page finds the rejection that it is given, which may stand around this one.
    pub(crate) fn answer<E: std::error::Error + Send + Sync + 'static>(self, rejection: E) -> Response {
        let Some(detail) = self.detail else {
            return Raised::new(Problem::new(self.status)).with_error(rejection).into_response();
        };
        let mut response = rejected(rejection, self.status, &detail);
        if self.status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
            response.headers_mut().insert(ACCEPT_ENCODING, READABLE);
        }
        response
    }
}

/// The body of a request as a stream that ends in an error at the handler's limit, its content coding undone.
pub(crate) fn body_of(request: &mut Request) -> Result<Body, BodyRejection> {
    let limit = request.body_limit();
    let coding = coding_of(request.headers())?;
    let body = request.take_body();
    match coding {
        Some(coding) if !body.is_empty() => coding.undo(body, limit),
        _ => Ok(body.limited(limit)?),
    }
}

/// All of the body, its content coding undone.
pub(crate) async fn bytes_of(request: &mut Request) -> Result<Bytes, BodyRejection> {
    if !request.headers().contains_key(CONTENT_ENCODING) {
        return Ok(request.bytes().await?);
    }
    let limit = request.body_limit();
    Ok(body_of(request)?.collect(limit).await?)
}

/// Undoes the coding of an answer, and takes it out of the head with the length that went with it. What the body grows
/// to is counted by whoever reads it.
#[cfg(feature = "client")]
pub(crate) fn undo_coding(headers: &mut HeaderMap, body: Body) -> Result<Body, BodyRejection> {
    let Some(coding) = coding_of(headers)? else { return Ok(body) };
    headers.remove(CONTENT_ENCODING);
    headers.remove(http::header::CONTENT_LENGTH);
    coding.undo(body, usize::MAX)
}

#[cfg(feature = "decompression")]
use crate::extract::inflate::Coding;

/// No coding can be undone.
#[cfg(not(feature = "decompression"))]
enum Coding {}

#[cfg(not(feature = "decompression"))]
impl Coding {
    fn named(_: &str) -> Option<Self> {
        None
    }

    fn undo(self, _: Body, _: usize) -> Result<Body, BodyRejection> {
        match self {}
    }
}

/// The one coding of a body; `None` where there is none. Several on top of each other are refused: nobody sends them,
/// and each would multiply what a small body can become.
fn coding_of(headers: &HeaderMap) -> Result<Option<Coding>, BodyRejection> {
    let mut found = None;
    for line in headers.get_all(CONTENT_ENCODING) {
        let line = line.to_str().map_err(|_| BodyRejection::Encoding)?;
        for name in line.split(',').map(str::trim) {
            if name.is_empty() || name.eq_ignore_ascii_case("identity") {
                continue;
            }
            let coding = Coding::named(name).ok_or(BodyRejection::Encoding)?;
            if found.replace(coding).is_some() {
                return Err(BodyRejection::Encoding);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_no_fault_of_the_client_is_not_told() {
        let other = Error::other("the password of the store is 1234");
        let response = BodyRejection::Read(other).into_response();
        assert_eq!(response.status(), 500);
        let body = response.into_body().collect(1000).await.expect("a body");
        assert!(!String::from_utf8_lossy(&body).contains("1234"));
    }

    async fn read(encoding: &'static str, body: &'static [u8]) -> Result<Bytes, BodyRejection> {
        let request = http::Request::builder().header(CONTENT_ENCODING, encoding);
        bytes_of(&mut request.body(Body::from(body)).expect("a request").into()).await
    }

    #[tokio::test]
    async fn a_body_without_a_coding_is_itself() {
        assert_eq!(read("identity", b"plain").await.expect("read"), "plain");
        assert_eq!(read("", b"plain").await.expect("read"), "plain");
    }

    #[tokio::test]
    async fn codings_nobody_knows_are_refused() {
        for encoding in ["compress", "gzip, gzip", "identity, x", "gzip;q=1"] {
            let response = read(encoding, b"x").await.expect_err(encoding).into_response();
            assert_eq!(response.status(), 415, "{encoding}");
            assert_eq!(response.headers()[ACCEPT_ENCODING], READABLE);
        }
    }

    #[cfg(not(feature = "decompression"))]
    #[tokio::test]
    async fn an_encoded_body_never_reaches_a_parser() {
        assert!(matches!(read("gzip", b"x").await, Err(BodyRejection::Encoding)));
    }
}

//! The request as it is: its bytes, its text, its head.

use std::convert::Infallible;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, Version};
use http_body::Body as _;

use crate::body::Body;
use crate::error::Error;
use crate::extract::FromRequest;
use crate::extract::encoding::{BodyRejection, body_of, bytes_of};
use crate::extract::media::{Charset, Media, Odd};
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Place, Response, faulty, rejected};

/// The whole request, with its body as it arrives: its content coding is not undone. The handler gets what is left:
/// use it alone, or beside arguments that leave the body.
impl FromRequest for Request {
    type Rejection = Infallible;
    const READS_BODY: bool = true;
    const EXPECTS_BODY: bool = false;

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        let empty = http::Request::new(Body::empty());
        Ok(std::mem::replace(request, empty.into()))
    }
}

/// The body as a stream, read piece by piece ([`Body::next`]) with the handler's limit kept: 413 at once where the
/// client announces more, and otherwise an error of the stream when it comes to that. Its content coding is undone.
impl FromRequest for Body {
    type Rejection = BodyRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, BodyRejection> {
        body_of(request)
    }

    fn is_absent(_: &BodyRejection) -> bool {
        false
    }
}

/// The whole body, within the handler's limit (413 beyond it), its content coding undone.
impl FromRequest for Bytes {
    type Rejection = BodyRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, BodyRejection> {
        bytes_of(request).await
    }

    fn is_absent(_: &BodyRejection) -> bool {
        false
    }
}

/// Whether a request has a body at all, though it is not of the type that was asked for. It is not to be read after.
pub(crate) async fn has_body(request: &mut Request) -> Result<bool, Error> {
    let mut body = request.take_body();
    if body.is_empty() || body.size_hint().lower() > 0 {
        return Ok(!body.is_empty());
    }
    body.next().await.transpose().map(|piece| piece.is_some())
}

/// Why a body is no text.
#[derive(Debug)]
pub enum StringRejection {
    /// It could not be read (400), is too large (413), or is encoded in an unknown way (415).
    Body(BodyRejection),
    /// The charset is none of UTF-8, US-ASCII and ISO-8859-1, or cannot be told (415).
    Charset,
    /// It is not UTF-8 (400).
    NotUtf8,
    /// It is said to be US-ASCII and is not (400).
    NotAscii,
}

impl fmt::Display for StringRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(rejection) => rejection.fmt(f),
            Self::Charset => f.write_str("the charset of the body has to be UTF-8, US-ASCII or ISO-8859-1"),
            Self::NotUtf8 => f.write_str("the body is not UTF-8"),
            Self::NotAscii => f.write_str("the body is not US-ASCII"),
        }
    }
}

impl std::error::Error for StringRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Body(rejection) => rejection.source(),
            Self::Charset | Self::NotUtf8 | Self::NotAscii => None,
        }
    }
}

impl IntoResponse for StringRejection {
    fn into_response(self) -> Response {
        let mut faults = Faults::default();
        match &self {
            Self::Body(rejection) => {
                let told = rejection.told();
                return told.answer(self);
            }
            Self::Charset => {
                let detail = self.to_string();
                return rejected(self, StatusCode::UNSUPPORTED_MEDIA_TYPE, &detail);
            }
            Self::NotUtf8 => faults.unreadable(Place::Body, "", "is not UTF-8"),
            Self::NotAscii => faults.unreadable(Place::Body, "", "is not US-ASCII"),
        }
        faulty(self, faults)
    }
}

/// The whole body as text, of any content type, in the charset this names: UTF-8 where it says nothing, US-ASCII or
/// ISO-8859-1. A byte order mark before UTF-8 is no text and is left out; `Bytes` keeps it.
impl FromRequest for String {
    type Rejection = StringRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, StringRejection> {
        let media = Media::of(request.headers()).map_err(|Odd| StringRejection::Charset)?;
        let charset = media.and_then(|media| media.charset).unwrap_or(Charset::Utf8);
        if charset == Charset::Unknown {
            return Err(StringRejection::Charset);
        }
        let bytes = bytes_of(request).await.map_err(StringRejection::Body)?;
        match charset {
            // Each byte is the code point of its number.
            Charset::Latin1 => Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
            Charset::Ascii if !bytes.is_ascii() => Err(StringRejection::NotAscii),
            _ => {
                let text = if bytes.starts_with(b"\xEF\xBB\xBF") { bytes.slice(3..) } else { bytes };
                Self::from_utf8(text.into()).map_err(|_| StringRejection::NotUtf8)
            }
        }
    }

    fn is_absent(_: &StringRejection) -> bool {
        false
    }
}

macro_rules! from_head {
    ($($(#[$doc:meta])* $type:ty => $read:expr;)*) => {$(
        $(#[$doc])*
        impl FromRequest for $type {
            type Rejection = Infallible;

            async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
                let read: fn(&Request) -> $type = $read;
                Ok(read(request))
            }
        }
    )*};
}

from_head! {
    /// A copy of all header fields.
    HeaderMap => |request| request.headers().clone();
    /// The method.
    Method => |request| request.method().clone();
    /// The target as the client sent it.
    Uri => |request| request.uri().clone();
    /// The version of HTTP.
    Version => Request::version;
}

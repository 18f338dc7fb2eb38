//! The request as it is: its bytes, its text, its head.

use std::convert::Infallible;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri, Version};

use crate::body::Body;
use crate::error::Error;
use crate::extract::FromRequest;
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Place, Response, faulty, unread};

/// The whole request. The handler gets what is left: use it alone, or beside arguments that leave the body.
impl FromRequest for Request {
    type Rejection = Infallible;
    const READS_BODY: bool = true;
    const EXPECTS_BODY: bool = false;

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        let empty = http::Request::new(Body::empty());
        Ok(std::mem::replace(request, empty.into()))
    }
}

/// The body, unread.
impl FromRequest for Body {
    type Rejection = Infallible;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        Ok(request.take_body())
    }
}

/// The whole body, within the handler's limit (413 beyond it).
impl FromRequest for Bytes {
    type Rejection = Error;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, Error> {
        request.bytes().await
    }

    fn is_absent(_: &Error) -> bool {
        false
    }
}

/// Why a body is no text.
#[derive(Debug)]
pub enum StringRejection {
    /// It could not be read, or is too large.
    Body(Error),
    /// It is not UTF-8 (400).
    NotUtf8,
}

impl IntoResponse for StringRejection {
    fn into_response(self) -> Response {
        match &self {
            Self::Body(error) => unread(error.status(), self),
            Self::NotUtf8 => {
                let mut faults = Faults::default();
                faults.unreadable(Place::Body, "", "is not UTF-8");
                faulty(self, faults)
            }
        }
    }
}

/// The whole body as UTF-8 text.
impl FromRequest for String {
    type Rejection = StringRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, StringRejection> {
        let bytes = request.bytes().await.map_err(StringRejection::Body)?;
        Self::from_utf8(bytes.into()).map_err(|_| StringRejection::NotUtf8)
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

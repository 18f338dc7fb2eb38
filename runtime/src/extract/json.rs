//! JSON in and out.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::extract::encoding::{BodyRejection, bytes_of};
use crate::extract::media::{Media, Odd};
use crate::extract::{FromRequest, has_body};
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Response, failed, faulty, pointer, rejected};

/// A value as JSON: as an argument it reads the body, as a result it writes one.
///
/// Reading asks for `Content-Type: application/json` or `application/..+json`, in UTF-8 (RFC 8259 section 8.1): 415
/// otherwise. Text that is no JSON is 400, JSON of another shape is 422; both name line and column, the latter also the
/// place as a JSON pointer (RFC 6901). Inside an enum that is told apart by its content, the pointer leads to the enum.
/// The body's limit is the handler's (413).
///
/// ```
/// use squall::{IntoResponse, Json};
/// let response = Json([1, 2]).into_response();
/// assert_eq!(response.headers()["content-type"], "application/json");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

/// Why a body is not the JSON that was asked for.
#[derive(Debug)]
pub enum JsonRejection {
    /// The content type is another, or missing while there is a body (415).
    ContentType,
    /// There is no body at all (400).
    Empty,
    /// The body could not be read (400), is too large (413), or is encoded in an unknown way (415).
    Body(BodyRejection),
    /// The text is no JSON (400).
    Syntax(serde_json::Error),
    /// It is JSON of another shape (422).
    Data {
        /// Where it is: a JSON pointer (RFC 6901), empty for the whole.
        pointer: String,
        /// What is wrong there.
        error: serde_json::Error,
    },
}

impl fmt::Display for JsonRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("the body has to be `application/json` in UTF-8"),
            Self::Empty => f.write_str("the body is missing: JSON is expected"),
            Self::Body(rejection) => rejection.fmt(f),
            Self::Syntax(error) => write!(f, "the body is not JSON: {error}"),
            Self::Data { pointer, error } if pointer.is_empty() => write!(f, "the body: {error}"),
            Self::Data { pointer, error } => write!(f, "the body at {pointer}: {error}"),
        }
    }
}

impl std::error::Error for JsonRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Body(rejection) => rejection.source(),
            Self::Syntax(error) | Self::Data { error, .. } => error.source(),
            Self::ContentType | Self::Empty => None,
        }
    }
}

impl IntoResponse for JsonRejection {
    fn into_response(self) -> Response {
        let mut faults = Faults::default();
        match &self {
            Self::Body(rejection) => {
                let told = rejection.told();
                return told.answer(self);
            }
            Self::ContentType => {
                let detail = self.to_string();
                return rejected(self, StatusCode::UNSUPPORTED_MEDIA_TYPE, &detail);
            }
            Self::Empty => faults.body_unreadable("", "is missing: JSON is expected"),
            Self::Syntax(error) => faults.body_unreadable("", format!("is not JSON: {error}")),
            Self::Data { pointer, error } => faults.body_broken(pointer.clone(), error.to_string()),
        }
        faulty(self, faults)
    }
}

impl<T: DeserializeOwned + Send + 'static> FromRequest for Json<T> {
    type Rejection = JsonRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, JsonRejection> {
        match Media::of(request.headers()) {
            Ok(Some(media)) if media.is_json() && media.is_utf8() => {}
            Ok(_) | Err(Odd) => {
                let sent = has_body(request).await.map_err(|error| JsonRejection::Body(error.into()))?;
                return Err(if sent { JsonRejection::ContentType } else { JsonRejection::Empty });
            }
        }
        let bytes = bytes_of(request).await.map_err(JsonRejection::Body)?;
        if bytes.is_empty() {
            return Err(JsonRejection::Empty);
        }
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            if error.is_data() {
                JsonRejection::Data { pointer: pointer_to_fault::<T>(&bytes), error }
            } else {
                JsonRejection::Syntax(error)
            }
        })
    }

    fn is_absent(rejection: &JsonRejection) -> bool {
        matches!(rejection, JsonRejection::Empty)
    }
}

/// Reads once more, now with an eye on the path: who sends what fits does not pay for it.
#[cold]
fn pointer_to_fault<T: DeserializeOwned>(bytes: &Bytes) -> String {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize::<_, T>(&mut json);
    read.err().map(|error| pointer_of(error.path())).unwrap_or_default()
}

fn pointer_of(path: &Path) -> String {
    let steps = path.iter().map_while(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    });
    pointer(steps)
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut bytes = Vec::with_capacity(128);
        if let Err(error) = serde_json::to_writer(&mut bytes, &self.0) {
            return failed("a result cannot be written as JSON", error);
        }
        let mut response = Response::new(bytes.into());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(content_type: Option<&str>, body: &'static str) -> u16 {
        let mut request = http::Request::builder();
        if let Some(content_type) = content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        let mut request = request.body(Body::from(body)).expect("a request").into();
        match Json::<Vec<u8>>::from_request(&mut request).await {
            Ok(Json(value)) => {
                assert_eq!(value, [1]);
                200
            }
            Err(rejection) => rejection.into_response().status().as_u16(),
        }
    }

    use crate::body::Body;

    #[tokio::test]
    async fn each_fault_has_its_status() {
        assert_eq!(read(Some("application/json"), "[1]").await, 200);
        assert_eq!(read(Some("text/plain"), "[1]").await, 415);
        assert_eq!(read(Some("text/plain"), "").await, 400);
        assert_eq!(read(Some("application/json; charset=utf-16"), "[1]").await, 415);
        assert_eq!(read(Some("application/json; charset=\"UTF-8\""), "[1]").await, 200);
        assert_eq!(read(None, "[1]").await, 415);
        assert_eq!(read(None, "").await, 400);
        assert_eq!(read(Some("application/json"), "[1").await, 400);
        assert_eq!(read(Some("application/json"), "[\"a\"]").await, 422);
        assert_eq!(read(Some("application/json"), "[1] x").await, 400);
    }

    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)]
    struct Order {
        items: Vec<Item>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)]
    struct Item {
        #[serde(default)]
        shape: Option<Shape>,
        #[serde(default, rename = "a/b~c")]
        odd: u8,
    }

    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)]
    enum Shape {
        Circle { radius: u8 },
    }

    #[test]
    fn pointers_lead_to_the_fault() {
        for (json, want) in [
            ("[]", ""),
            (r#"{"items":7}"#, "/items"),
            (r#"{"items":[{},{"a/b~c":"x"}]}"#, "/items/1/a~1b~0c"),
            (r#"{"items":[{"shape":{"Circle":{"radius":-1}}}]}"#, "/items/0/shape/Circle/radius"),
            (r#"{"items":[{"shape":{"Circle":{}}}]}"#, "/items/0/shape/Circle"),
        ] {
            assert_eq!(pointer_to_fault::<Order>(&Bytes::from(json)), want, "{json}");
        }
    }
}

//! JSON in and out.

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::extract::FromRequest;
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Place, Response, failed, faulty, rejected, unread};

/// A value as JSON: as an argument it reads the body, as a result it writes one.
///
/// Reading asks for `Content-Type: application/json` or `application/..+json` (415 otherwise). Text that is no JSON
/// is 400, JSON of another shape is 422; both name line and column. The body's limit is the handler's (413).
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
    /// The body could not be read, or is too large (400, 413).
    Body(Error),
    /// The text is no JSON (400).
    Syntax(serde_json::Error),
    /// It is JSON of another shape (422).
    Data(serde_json::Error),
}

impl IntoResponse for JsonRejection {
    fn into_response(self) -> Response {
        let mut faults = Faults::default();
        match &self {
            Self::ContentType => {
                let detail = "the body has to be `application/json`";
                return rejected(self, StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
            }
            Self::Body(error) => return unread(error.status(), self),
            Self::Empty => faults.unreadable(Place::Body, "", "is missing: JSON is expected"),
            Self::Syntax(error) => faults.unreadable(Place::Body, "", format!("is not JSON: {error}")),
            Self::Data(error) => faults.broken(Place::Body, "", error.to_string()),
        }
        faulty(self, faults)
    }
}

impl<T: DeserializeOwned> FromRequest for Json<T> {
    type Rejection = JsonRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, JsonRejection> {
        let declared = request.headers().get(CONTENT_TYPE).map(is_json);
        if declared == Some(false) {
            return Err(JsonRejection::ContentType);
        }
        let bytes = request.bytes().await.map_err(JsonRejection::Body)?;
        if bytes.is_empty() {
            return Err(JsonRejection::Empty);
        }
        if declared.is_none() {
            return Err(JsonRejection::ContentType);
        }
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| if error.is_data() { JsonRejection::Data(error) } else { JsonRejection::Syntax(error) })
    }

    fn is_absent(rejection: &JsonRejection) -> bool {
        matches!(rejection, JsonRejection::Empty)
    }
}

/// `application/json` or a structured syntax suffix `+json` (RFC 6839 section 3.1), in any case, with any parameters.
fn is_json(value: &HeaderValue) -> bool {
    let Ok(text) = value.to_str() else { return false };
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.strip_prefix("application/").is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
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

    #[test]
    fn knows_json_by_its_type() {
        for (text, want) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/problem+json", true),
            ("text/json", false),
            ("application/jsonp", false),
            ("", false),
        ] {
            assert_eq!(is_json(&HeaderValue::from_static(text)), want, "{text}");
        }
    }

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
        assert_eq!(read(None, "[1]").await, 415);
        assert_eq!(read(None, "").await, 400);
        assert_eq!(read(Some("application/json"), "[1").await, 400);
        assert_eq!(read(Some("application/json"), "[\"a\"]").await, 422);
        assert_eq!(read(Some("application/json"), "[1] x").await, 400);
    }
}

//! Where a client of server-sent events left off.

use http::HeaderName;

use crate::extract::FromRequest;
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Place, Response, faulty};

const NAME: &str = "last-event-id";

/// The id of the last event that a client got before it connects again: the header field `Last-Event-ID`
/// (HTML standard section 9.2).
///
/// A client that connects for the first time sends none: take `Option<LastEventId>`. Alone it is required (400).
///
/// ```
/// use squall::LastEventId;
///
/// fn begin(last: Option<LastEventId>) -> u64 {
///     last.and_then(|id| id.0.parse::<u64>().ok()).map_or(0, |id| id + 1)
/// }
/// assert_eq!(begin(Some(LastEventId("7".into()))), 8);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastEventId(pub String);

/// Why there is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastEventIdRejection {
    /// The field is missing or empty (400); `Option` is then `None`.
    Missing,
    /// It is not UTF-8 (400).
    NotText,
}

impl IntoResponse for LastEventIdRejection {
    fn into_response(self) -> Response {
        let mut faults = Faults::default();
        faults.unreadable(Place::Header, NAME, self.to_string());
        faulty(self, faults)
    }
}

impl FromRequest for LastEventId {
    type Rejection = LastEventIdRejection;

    async fn from_request(request: &mut Request) -> Result<Self, LastEventIdRejection> {
        let value = request.headers().get(HeaderName::from_static(NAME)).filter(|value| !value.is_empty());
        let bytes = value.ok_or(LastEventIdRejection::Missing)?.as_bytes();
        std::str::from_utf8(bytes).map(|id| Self(id.to_owned())).map_err(|_| LastEventIdRejection::NotText)
    }

    fn is_absent(rejection: &LastEventIdRejection) -> bool {
        *rejection == LastEventIdRejection::Missing
    }
}

//! Success with nothing to say.

use http::StatusCode;

use crate::response::{IntoResponse, Response};

/// 204: done, and there is no body (RFC 9110 section 15.3.5).
///
/// ```
/// use squall::{IntoResponse, NoContent};
/// assert_eq!(NoContent.into_response().status(), 204);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoContent;

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

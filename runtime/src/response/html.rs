//! A page.

use http::header::{CONTENT_TYPE, HeaderValue};

use crate::body::Body;
use crate::response::{IntoResponse, Response};

/// Text that is sent as `text/html; charset=utf-8`. Nothing in it is escaped.
///
/// ```
/// use squall::{Html, IntoResponse};
/// let page = Html("<h1>Hello</h1>").into_response();
/// assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Html<T>(pub T);

impl<T: Into<Body>> IntoResponse for Html<T> {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.0.into());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        response
    }
}

//! What the error page of an application is made of.

use std::fmt;

use http::{HeaderMap, Method, StatusCode, Uri, header};

use crate::request::RequestId;
use crate::response::problem::{Raised, rendered};
use crate::response::{Faults, IntoResponse, Problem, Response};

/// A request that failed, as the hook of `Application::on_error` meets it: an error that a handler returned, a rejection
/// of an extractor, a path that nobody serves.
///
/// As a response it is what is sent without a hook: the problem, in the form that the client asks for.
///
/// ```
/// use squall::{Failure, Html, IntoResponse, Response};
///
/// async fn page(failure: Failure) -> Response {
///     if failure.status() == 404 {
///         return (failure.status(), Html("<h1>Nothing here</h1>")).into_response();
///     }
///     failure.into_response()
/// }
/// ```
pub struct Failure {
    raised: Raised,
    response: Response,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    id: RequestId,
    tells_cause: bool,
}

#[cfg_attr(not(test), expect(dead_code, reason = "made where the hook of an application is called"))]
impl Failure {
    /// The failure, the answer as it stands, and the head of the request.
    pub(crate) fn new(
        raised: Raised,
        response: Response,
        method: Method,
        uri: Uri,
        headers: HeaderMap,
        id: RequestId,
    ) -> Self {
        Self { raised, response, method, uri, headers, id, tells_cause: false }
    }

    /// The default answer tells what is behind the failure, as in development.
    pub(crate) fn telling_cause(mut self, tells: bool) -> Self {
        self.tells_cause = tells;
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// What is told to the client; its [`source`](std::error::Error::source) is what is not.
    pub fn problem(&self) -> &Problem {
        self.raised.problem()
    }

    /// What is wrong with the inputs, where that is the failure.
    pub fn faults(&self) -> Option<&Faults> {
        self.problem().faults()
    }

    /// The error or the rejection itself, where it is an `E`. Faults of several inputs are one [`Faults`], and no
    /// rejection any more.
    pub fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        self.raised.downcast_ref()
    }

    /// Whether the error or the rejection is an `E`.
    pub fn is<E: 'static>(&self) -> bool {
        self.downcast_ref::<E>().is_some()
    }

    /// The number of the request, as the log and `x-request-id` have it.
    pub fn request_id(&self) -> RequestId {
        self.id
    }

    /// The method of the request.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The target of the request.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The header fields of the request.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What is sent without a hook: the problem, in the form that the client asks for, with the header fields that the
    /// answer has.
    pub fn response(self) -> Response {
        rendered(self.response, self.headers.get(header::ACCEPT), self.id, self.tells_cause)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.response()
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { raised, method, uri, id, .. } = self;
        let mut debug = f.debug_struct("Failure");
        debug.field("problem", raised.problem()).field("method", method).field("uri", uri).field("id", id);
        debug.finish_non_exhaustive()
    }
}

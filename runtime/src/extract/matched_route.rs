//! What the application knows of a request: its route, and the work beside it.

use std::convert::Infallible;
use std::sync::Arc;

use http::StatusCode;

use crate::extract::FromRequest;
use crate::request::{Background, Matched, Request, RequestId};
use crate::response::{IntoResponse, Response, rejected};

/// The route that the request matched: for logs, metrics and middleware.
///
/// ```standalone_crate
/// use squall::{Application, MatchedRoute, get, testing::TestClient};
///
/// #[get("/items/{id}")]
/// async fn item(id: u32, route: MatchedRoute) -> String {
///     format!("{id} of {} by {}", route.path(), route.handler())
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// assert_eq!(client.get(item { id: 7 }).await?.text()?, "7 of /items/{id} by item");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct MatchedRoute(Arc<Matched>);

impl MatchedRoute {
    /// The whole path as declared, with the prefixes of mounts and scopes: `/admin/items/{id}`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The name of the handler: `Item::show`, or that of the function.
    pub fn handler(&self) -> &'static str {
        self.0.handler
    }
}

/// The request matched no route: 404. Only a middleware or a fallback meets this.
#[derive(Clone, Copy, Debug)]
pub struct NoRoute;

impl IntoResponse for NoRoute {
    fn into_response(self) -> Response {
        rejected(self, StatusCode::NOT_FOUND, "")
    }
}

impl FromRequest for MatchedRoute {
    type Rejection = NoRoute;

    async fn from_request(request: &mut Request) -> Result<Self, NoRoute> {
        request.matched().filter(|matched| !matched.path.is_empty()).cloned().map(Self).ok_or(NoRoute)
    }
}

/// The number by which the request is known in its answer and in the log.
impl FromRequest for RequestId {
    type Rejection = Infallible;

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        Ok(request.id())
    }
}

impl FromRequest for Background {
    type Rejection = Infallible;

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        Ok(request.context().map(|context| context.background().clone()).unwrap_or_default())
    }
}

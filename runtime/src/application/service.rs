//! The application as a service of tower.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body as HttpBody;
use tower_service::Service;

use crate::application::{App, Application};
use crate::body::Body;
use crate::error::Result;
use crate::handler::Dispatch as _;
use crate::request::Request;
use crate::response::Response;

/// A launched application for whatever takes a tower service: another framework, a server of your own, a test.
///
/// It never fails and is always ready. The hooks of the start run at the first request, those of the stop by
/// [`AppService::stop`].
///
/// ```standalone_crate
/// use squall::http::Request;
/// use squall::{Application, Body, get};
/// use tower_service::Service as _;
///
/// #[get("/")]
/// async fn index() -> &'static str { "hello" }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let mut service = Application::new().into_service()?;
/// let Ok(response) = service.call(Request::new(Body::empty())).await;
/// assert_eq!(response.into_body().collect(100).await?, "hello");
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct AppService(Arc<App>);

impl Application {
    /// Launches the application as a service of tower.
    ///
    /// # Errors
    /// The launch report ([`Error::is_launch`](crate::Error::is_launch)).
    pub fn into_service(self) -> Result<AppService> {
        self.launch().map(AppService)
    }
}

impl AppService {
    /// Ends background tasks and runs the hooks of the stop.
    pub async fn stop(&self) {
        self.0.end().await;
    }
}

impl<B> Service<http::Request<B>> for AppService
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<std::result::Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let app = Arc::clone(&self.0);
        Box::pin(async move {
            if let Err(error) = app.begin().await {
                return Ok(crate::response::IntoResponse::into_response(error));
            }
            Ok(app.dispatch(Request::from(request.map(Body::new))).await)
        })
    }
}

impl std::fmt::Debug for AppService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppService").field("routes", &self.0.routes).finish_non_exhaustive()
    }
}

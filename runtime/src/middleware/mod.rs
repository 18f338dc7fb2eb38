//! What stands around handlers: middleware of squall's own form, and the layers of tower.

mod conditional;
mod layer;
mod on_error;
mod service;

use std::sync::Arc;

use crate::handler::{HandlerFuture, Serve, Stage, caught, panicked};
use crate::request::Request;
use crate::response::{IntoResponse, Response};

pub use conditional::conditional;
pub use layer::NextService;
#[doc(hidden)]
pub use layer::layer;
#[doc(hidden)]
pub use on_error::on_error;
pub use service::OriginalUri;
pub(crate) use service::{function, service, stripped};

/// What stands around the handlers of an application, a scope or a route.
///
/// An `async fn(Request, Next) -> impl IntoResponse` is one. A type of your own is one for state that it keeps:
///
/// ```standalone_crate
/// use squall::middleware::{Middleware, Next};
/// use squall::{Application, IntoResponse as _, Request, Response, StatusCode, get, testing::TestClient};
///
/// /// Lets in who has the key.
/// struct Key(&'static str);
///
/// impl Middleware for Key {
///     async fn handle(&self, request: Request, next: Next) -> Response {
///         let given = request.headers().get("x-key").is_some_and(|key| key == self.0);
///         if given { next.run(request).await } else { StatusCode::UNAUTHORIZED.into_response() }
///     }
/// }
///
/// #[get("/")]
/// async fn index() -> &'static str { "inside" }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new().middleware(Key("s3cret")));
/// assert_eq!(client.get(index {}).await?.status(), 401);
/// assert_eq!(client.get(index {}).header("x-key", "s3cret").await?.text()?, "inside");
/// # Ok(()) }
/// ```
///
/// # Order
/// What is added first stands outermost: it sees a request first and its answer last. The application's middleware sees
/// every request, those that match no route included; that of a scope those of its handlers, before their
/// `#[prepare]`; that of a route comes last.
///
/// # Cancel safety
/// When the client leaves, the future is dropped where it waits, and with it everything inside.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no middleware",
    label = "not an `async fn(Request, Next) -> impl IntoResponse`",
    note = "write `async fn timing(request: Request, next: Next) -> Response {{ next.run(request).await }}`, or implement `Middleware`",
    note = "a layer of tower goes into `.layer(..)`"
)]
pub trait Middleware: Send + Sync + 'static {
    /// Answers a request, mostly by `next.run(request).await` and a change before or after it.
    fn handle(&self, request: Request, next: Next) -> impl Future<Output = Response> + Send;
}

impl<F, A, R> Middleware for F
where
    F: Fn(Request, Next) -> A + Send + Sync + 'static,
    A: Future<Output = R> + Send,
    R: IntoResponse,
{
    async fn handle(&self, request: Request, next: Next) -> Response {
        self(request, next).await.into_response()
    }
}

/// What comes after a middleware: the next one, and in the end the handler.
pub struct Next(Stage);

impl Next {
    /// Goes on with the request.
    ///
    /// # Cancel safety
    /// Dropping the future ends the handler where it waits.
    pub async fn run(self, request: Request) -> Response {
        self.0.serve(request).await
    }
}

impl std::fmt::Debug for Next {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Next")
    }
}

/// Puts a middleware around a stage.
#[doc(hidden)]
pub fn middleware<M: Middleware>(middleware: M, inner: Stage) -> Stage {
    Arc::new(Around { middleware: Arc::new(middleware), inner })
}

struct Around<M> {
    middleware: Arc<M>,
    inner: Stage,
}

impl<M: Middleware> Serve for Around<M> {
    fn serve(&self, request: Request) -> HandlerFuture {
        let (middleware, next) = (Arc::clone(&self.middleware), Next(Arc::clone(&self.inner)));
        // Its panic ends here, so that what stands around it sees the answer.
        Box::pin(async move {
            caught(middleware.handle(request, next)).await.unwrap_or_else(|panic| panicked(panic.as_ref()))
        })
    }
}

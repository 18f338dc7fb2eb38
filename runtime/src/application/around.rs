//! What stands around the handlers of an application, and beside them.

use std::any::TypeId;
use std::error::Error as StdError;

use bytes::Bytes;
use http_body::Body as HttpBody;
use tower_layer::Layer;
use tower_service::Service;

use crate::application::Application;
use crate::application::routing::TrailingSlash;
use crate::body::Body;
use crate::handler::Stage;
use crate::location::Location;
use crate::middleware::{self, Middleware, NextService};
use crate::request::{Limits, Request};
use crate::response::{Failure, IntoResponse};

/// What the builder collects.
#[derive(Default)]
pub(super) struct Around {
    /// Outermost first.
    pub(super) wraps: Vec<Box<dyn FnOnce(Stage) -> Stage + Send + Sync>>,
    /// Outside of all of them.
    pub(super) on_error: Option<Box<dyn FnOnce(Stage) -> Stage + Send + Sync>>,
    pub(super) services: Vec<MountedService>,
    pub(super) redirects: Vec<Moved>,
    pub(super) fallback: Option<Stage>,
    pub(super) trailing_slash: TrailingSlash,
    pub(super) limits: Limits,
    /// Extensions that middleware adds.
    pub(super) provides: Vec<TypeId>,
}

impl Around {
    /// Whether anything is answered without a route.
    pub(super) fn is_serving(&self) -> bool {
        self.fallback.is_some() || !self.services.is_empty() || !self.redirects.is_empty()
    }
}

/// A service under a prefix.
pub(super) struct MountedService {
    pub(super) prefix: String,
    pub(super) stage: Stage,
    pub(super) location: Location,
}

/// A path that has moved.
pub(super) struct Moved {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) location: Location,
}

impl Application {
    /// Puts a middleware around all handlers: an `async fn(Request, Next) -> impl IntoResponse`, or a type that
    /// implements [`Middleware`].
    ///
    /// What is added first stands outermost, layers included. It sees every request, those that match no route as well; one that
    /// changes path or method of the request has it matched again.
    ///
    /// ```standalone_crate
    /// use squall::middleware::Next;
    /// use squall::{Application, Request, Response, get, testing::TestClient};
    ///
    /// async fn stamp(request: Request, next: Next) -> Response {
    ///     let mut response = next.run(request).await;
    ///     response.headers_mut().insert("x-served-by", "squall".parse().expect("a header value"));
    ///     response
    /// }
    ///
    /// #[get("/")]
    /// async fn index() -> &'static str { "hello" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new().middleware(stamp));
    /// assert_eq!(client.get(index {}).await?.header("x-served-by"), "squall");
    /// assert_eq!(client.get("/nowhere").await?.header("x-served-by"), "squall");
    /// # Ok(()) }
    /// ```
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.around.wraps.push(Box::new(|inner| middleware::middleware(middleware, inner)));
        self
    }

    /// Puts a layer of tower around all handlers, in the same order as [`Application::middleware`].
    ///
    /// Any layer goes whose service works on the types of the `http` crate. An error of the service becomes a 500 whose cause
    /// goes to the log.
    ///
    /// ```standalone_crate
    /// use squall::{Application, get, http::HeaderValue, testing::TestClient};
    /// use tower_http::set_header::SetResponseHeaderLayer;
    ///
    /// #[get("/")]
    /// async fn index() -> &'static str { "hello" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let nosniff = HeaderValue::from_static("nosniff");
    /// let layer = SetResponseHeaderLayer::overriding("x-content-type-options".parse().expect("a name"), nosniff);
    /// let client = TestClient::new(Application::new().layer(layer));
    /// assert_eq!(client.get(index {}).await?.header("x-content-type-options"), "nosniff");
    /// # Ok(()) }
    /// ```
    pub fn layer<L, R>(mut self, layer: L) -> Self
    where
        L: Layer<NextService> + Send + Sync + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<R>> + Clone + Send + Sync + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<Box<dyn StdError + Send + Sync>>,
        <L::Service as Service<http::Request<Body>>>::Future: Send,
        R: HttpBody<Data = Bytes> + Send + 'static,
        R::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.around.wraps.push(Box::new(|inner| middleware::layer(layer, inner)));
        self
    }

    /// Serves a tower service under a prefix, with any method. Its requests have the path without the prefix; the whole one
    /// is in the extension [`OriginalUri`](crate::middleware::OriginalUri). A handler below the prefix comes before it.
    ///
    /// `prefix` begins with a slash and does not end in one; it has no parameters. `/` is refused: for everything that no
    /// route has there is [`Application::fallback_service`].
    #[track_caller]
    pub fn mount_service<S, R>(mut self, prefix: &str, service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<R>> + Clone + Send + Sync + 'static,
        S::Error: Into<Box<dyn StdError + Send + Sync>>,
        S::Future: Send,
        R: HttpBody<Data = Bytes> + Send + 'static,
        R::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        let stage = middleware::service(service);
        self.around.services.push(MountedService { prefix: prefix.to_owned(), stage, location: Location::caller() });
        self
    }

    /// Answers what no route has, in the place of 404. The path of another method is still 405.
    ///
    /// ```standalone_crate
    /// use squall::{Application, Request, StatusCode, get, testing::TestClient};
    ///
    /// async fn lost(request: Request) -> (StatusCode, String) {
    ///     (StatusCode::NOT_FOUND, format!("there is nothing at {}", request.uri().path()))
    /// }
    ///
    /// #[get("/")]
    /// async fn index() -> &'static str { "hello" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new().fallback(lost));
    /// assert_eq!(client.get("/x").await?.text()?, "there is nothing at /x");
    /// # Ok(()) }
    /// ```
    pub fn fallback<F, A, R>(mut self, handler: F) -> Self
    where
        F: Fn(Request) -> A + Send + Sync + 'static,
        A: Future<Output = R> + Send + 'static,
        R: IntoResponse,
    {
        self.around.fallback = Some(middleware::function(handler));
        self
    }

    /// Gives what no route has to a tower service.
    pub fn fallback_service<S, R>(mut self, service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<R>> + Clone + Send + Sync + 'static,
        S::Error: Into<Box<dyn StdError + Send + Sync>>,
        S::Future: Send,
        R: HttpBody<Data = Bytes> + Send + 'static,
        R::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.around.fallback = Some(middleware::service(service));
        self
    }

    /// Shapes every failure in one place: an error that a handler returned, a rejection of an extractor, a panic, a path that
    /// nobody serves. An answer that a handler made by itself, whatever its status, is no failure.
    ///
    /// The hook gets a [`Failure`], which has the problem and the value it was made of. What it returns is sent; the failure
    /// itself is the answer that is sent without a hook. Header fields that do not speak of its content, such as `Allow`,
    /// `Retry-After`, cookies, and what a layer for CORS added, are kept where the hook says nothing else,
    /// and `x-request-id` says by which number the log knows the request. A scope has a hook of its own by `on_error = f`, which comes first. Several calls: the last
    /// one counts.
    ///
    /// ```standalone_crate
    /// use squall::{Application, Failure, IntoResponse as _, Response, get, testing::TestClient};
    ///
    /// async fn plain(failure: Failure) -> Response {
    ///     (failure.status(), format!("{} ({})", failure.problem().title_text(), failure.request_id())).into_response()
    /// }
    ///
    /// #[get("/items/{id}")]
    /// async fn item(id: u32) -> String { id.to_string() }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new().on_error(plain));
    /// assert!(client.get("/nowhere").await?.text()?.starts_with("Not Found ("));
    /// assert!(client.get("/items/x").await?.text()?.starts_with("Bad Request ("));
    /// # Ok(()) }
    /// ```
    pub fn on_error<F, A, R>(mut self, hook: F) -> Self
    where
        F: Fn(Failure) -> A + Send + Sync + 'static,
        A: Future<Output = R> + Send + 'static,
        R: IntoResponse + 'static,
    {
        self.around.on_error = Some(Box::new(|inner| middleware::on_error(hook, inner)));
        self
    }

    /// What happens to a path with a slash too many or too few at its end; it is another path unless you say so.
    ///
    /// ```standalone_crate
    /// use squall::{Application, TrailingSlash, get, testing::TestClient};
    ///
    /// #[get("/about")]
    /// async fn about() -> &'static str { "us" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new().trailing_slash(TrailingSlash::Redirect));
    /// let answer = client.get("/about/?x=1").await?;
    /// assert_eq!((answer.status().as_u16(), answer.header("location")), (301, "/about?x=1"));
    /// # Ok(()) }
    /// ```
    pub fn trailing_slash(mut self, trailing_slash: TrailingSlash) -> Self {
        self.around.trailing_slash = trailing_slash;
        self
    }

    /// Sends the clients of a path that has moved to another path of this site, for good: 301 for GET and HEAD, 308
    /// otherwise. The parameters of `from` may stand in `to`, and a query behind it; that of the request goes along.
    ///
    /// ```standalone_crate
    /// use squall::{Application, get, testing::TestClient};
    ///
    /// #[get("/articles/{year}/{name}")]
    /// async fn article(year: u16, name: String) -> String { format!("{name} of {year}") }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new().redirect("/a/{name}/{year}", "/articles/{year}/{name}"));
    /// assert_eq!(client.get("/a/storm/2026").await?.header("location"), "/articles/2026/storm");
    /// # Ok(()) }
    /// ```
    #[track_caller]
    pub fn redirect(mut self, from: &str, to: &str) -> Self {
        self.around.redirects.push(Moved { from: from.to_owned(), to: to.to_owned(), location: Location::caller() });
        self
    }

    /// The limits of all handlers, where a scope or the handler itself says nothing.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.around.limits = limits.within(self.around.limits);
        self
    }

    /// Announces that a middleware or a layer puts a `T` into the extensions of each request, so that handlers may ask for
    /// [`Extension<T>`](crate::Extension): the launch check cannot see that.
    pub fn provides<T: Send + Sync + 'static>(mut self) -> Self {
        self.around.provides.push(TypeId::of::<T>());
        self
    }
}

//! Testing an application in memory: the same structs that declare its handlers send its requests.

use std::fmt;
use std::sync::{Arc, Mutex};

use http::header::COOKIE;
use http::{HeaderMap, Method, Uri};

use crate::application::{App, Application};
use crate::body::Body;
use crate::client::{Aim, Cookies, Sending, Target, Transport};
use crate::error::Result;
use crate::extract::State;
use crate::handler::{Delete, Dispatch as _, Get, Head, Options, Patch, Post, Put, Untyped};
use crate::request::Request;
use crate::response::Response;

pub use crate::client::{Answer, AnswersJson, Call, IntoCall, IntoRequest};

/// A client that calls an application in memory: no socket, no port, the same code from the router on.
///
/// A request is a handler struct, and what comes back has the type of the verb's result. A verb that the handler does
/// not have does not compile. A path as text goes, too, and its answer is untyped. Cookies are kept, redirects are
/// followed on request.
///
/// ```standalone_crate
/// use squall::{Application, Json, get, testing::TestClient};
///
/// #[get("/double/{number}")]
/// async fn double(number: u32) -> Json<u32> { Json(number * 2) }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let answer: u32 = client.get(double { number: 21 }).await?.json()?;
/// assert_eq!(answer, 42);
/// assert_eq!(client.get("/double/x").await?.status(), 400);
/// # Ok(()) }
/// ```
pub struct TestClient {
    app: Arc<App>,
    cookies: Mutex<Cookies>,
}

impl TestClient {
    /// Launches the application.
    ///
    /// # Panics
    /// With the launch report, when the application cannot start.
    #[track_caller]
    pub fn new(application: Application) -> Self {
        match application.launch() {
            Ok(app) => Self { app, cookies: Mutex::default() },
            Err(report) => panic!("{report}"),
        }
    }

    /// A GET request.
    pub fn get<O>(&self, request: impl IntoCall<Get, O>) -> Call<'_, O> {
        Call::new(self, Method::GET, request.into_target())
    }

    /// A POST request.
    pub fn post<O>(&self, request: impl IntoCall<Post, O>) -> Call<'_, O> {
        Call::new(self, Method::POST, request.into_target())
    }

    /// A PUT request.
    pub fn put<O>(&self, request: impl IntoCall<Put, O>) -> Call<'_, O> {
        Call::new(self, Method::PUT, request.into_target())
    }

    /// A PATCH request.
    pub fn patch<O>(&self, request: impl IntoCall<Patch, O>) -> Call<'_, O> {
        Call::new(self, Method::PATCH, request.into_target())
    }

    /// A DELETE request.
    pub fn delete<O>(&self, request: impl IntoCall<Delete, O>) -> Call<'_, O> {
        Call::new(self, Method::DELETE, request.into_target())
    }

    /// A HEAD request.
    pub fn head<O>(&self, request: impl IntoCall<Head, O>) -> Call<'_, O> {
        Call::new(self, Method::HEAD, request.into_target())
    }

    /// An OPTIONS request.
    pub fn options<O>(&self, request: impl IntoCall<Options, O>) -> Call<'_, O> {
        Call::new(self, Method::OPTIONS, request.into_target())
    }

    /// A request with any method, to a handler struct or a path; the answer is untyped.
    ///
    /// ```standalone_crate
    /// use squall::{Application, Method, get, testing::TestClient};
    ///
    /// #[get("/items/{id}")]
    /// async fn item(id: u32) -> String { id.to_string() }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new());
    /// assert_eq!(client.request(Method::GET, item { id: 7 }).await?.text()?, "7");
    /// assert_eq!(client.request(Method::DELETE, "/items/7").await?.status(), 405);
    /// # Ok(()) }
    /// ```
    pub fn request(&self, method: Method, request: impl IntoRequest) -> Call<'_, Untyped> {
        Call::new(self, method, request.into_target())
    }

    /// Sends one request as it is, without cookies or redirects.
    pub async fn send(&self, request: Request) -> Response {
        if let Err(error) = self.app.begin().await {
            panic!("the application could not start: {error}");
        }
        self.app.dispatch(request).await
    }

    /// The state of type `T` that the application's own handlers see, to look at it in a test.
    pub fn state<T: Send + Sync + 'static>(&self) -> Option<State<T>> {
        self.app.state()
    }

    /// Ends background tasks and runs the hooks of the stop, as a program does at its end.
    pub async fn stop(&self) {
        self.app.end().await;
    }

    /// Waits for the `#[finish]` functions of the requests whose answers have been read.
    pub async fn finished(&self) {
        self.app.finished().await;
    }

    fn cookies(&self) -> std::sync::MutexGuard<'_, Cookies> {
        // A panic while it was held leaves whole cookies behind.
        self.cookies.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Transport for TestClient {
    fn aim(&self, target: Target) -> Result<(Uri, HeaderMap)> {
        match target.0 {
            Aim::Link(link) => {
                let uri = link.uri(self.app.prefix(&link))?;
                Ok((uri, link.into_headers()?))
            }
            Aim::Address(uri) => Ok((uri?, HeaderMap::new())),
        }
    }

    fn send(&self, mut request: http::Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            let cookies = self.cookies().field(request.headers().get_all(COOKIE));
            if let Some(cookies) = cookies {
                request.headers_mut().insert(COOKIE, cookies);
            }
            let response = Self::send(self, request.into()).await;
            self.cookies().keep(response.headers());
            Ok(response)
        })
    }
}

impl fmt::Debug for TestClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestClient").field("routes", &self.app.routes).finish_non_exhaustive()
    }
}

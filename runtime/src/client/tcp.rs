//! The client over TCP.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, Method, Uri};

use crate::body::Body;
use crate::client::base::Base;
use crate::client::exchange::{Connections, connections, exchange};
use crate::client::{Aim, Call, Cookies, IntoCall, IntoRequest, Sending, Target, Transport};
use crate::error::Result;
use crate::handler::{Delete, Get, Head, Options, Patch, Post, Put, Untyped};

/// A client that calls a server over TCP, by the structs that declare its handlers.
///
/// The calls are those of [`TestClient`](crate::testing::TestClient): a request is a handler struct, what comes back has
/// the type of the verb's result, and a verb that the handler does not have does not compile. A path as text goes, too,
/// and its answer is untyped.
///
/// ```standalone_crate
/// use squall::{Application, Client, Json, get};
///
/// #[get("/double/{number}")]
/// async fn double(number: u32) -> Json<u32> { Json(number * 2) }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
/// let address = listener.local_addr()?;
/// tokio::spawn(Application::new().serve(listener, std::future::pending()));
///
/// let client = Client::new(&format!("http://{address}"))?;
/// let answer: u32 = client.get(double { number: 21 }).await?.json()?;
/// assert_eq!(answer, 42);
/// assert_eq!(client.get("/double/x").await?.status(), 400);
/// # Ok(()) }
/// ```
///
/// | what | by default | otherwise |
/// |---|---|---|
/// | protocol | HTTP/1.1 | [`Client::http2`] |
/// | time to connect | 10 s | [`Client::connect_timeout`] |
/// | time for a call: redirects and the whole body | 30 s | [`Client::timeout`], [`Call::timeout`] |
/// | bytes of an answer | 10 MiB, its head 64 KiB | [`Client::body_limit`], [`Call::stream`] |
/// | redirects | not followed | [`Call::follow_redirects`] |
/// | cookies | not kept | [`Client::cookies`] |
///
/// Connections are kept and used again. A request that a kept connection never began to send goes out on another one,
/// whatever its method is. One that was sent and lost is repeated once where that does no harm: without a body, and with
/// a method that may be repeated, such as GET, PUT and DELETE but not POST or PATCH (RFC 9110 section 9.2.2).
///
/// An answer that breaks off, or is shorter than it said, is an error and never a complete answer. With the feature
/// `decompression` answers in gzip, deflate, br and zstd are asked for and inflated, and limits count what comes out;
/// without it they are not asked for, and refused where a server sends one all the same. A call that names
/// `Accept-Encoding` itself gets the bytes as they come. There is no TLS yet: `https` is an error.
///
/// Clones share connections and cookies.
#[derive(Clone)]
pub struct Client {
    connections: Connections,
    base: Base,
    http2: bool,
    connect_timeout: Duration,
    timeout: Duration,
    body_limit: usize,
    cookies: Option<Arc<Mutex<Cookies>>>,
}

impl Client {
    /// A client for the server at `http://host:port`. Nothing is sent yet.
    ///
    /// A path stands before that of every call: handlers that the server mounts under `/billing` are called by a client
    /// for `http://host:port/billing`. What is written as a whole address must be of the same origin, and is taken as
    /// it is.
    ///
    /// ```
    /// use squall::Client;
    ///
    /// assert!(Client::new("http://127.0.0.1:8888/billing").is_ok());
    /// for refused in ["127.0.0.1:8888", "https://example.com", "http://ann:secret@example.com"] {
    ///     assert!(Client::new(refused).unwrap_err().is_link());
    /// }
    /// ```
    ///
    /// # Errors
    /// [`Error::is_link`](crate::Error::is_link) when it is no such address, or has a name and a password, a query or a fragment.
    pub fn new(address: &str) -> Result<Self> {
        let (base, connect_timeout) = (Base::read(address)?, Duration::from_secs(10));
        Ok(Self {
            connections: connections(false, connect_timeout),
            base,
            http2: false,
            connect_timeout,
            timeout: Duration::from_secs(30),
            body_limit: 10 * 1024 * 1024,
            cookies: None,
        })
    }

    /// Speaks HTTP/2 from the first byte: for a server that is known to understand it without TLS, as squall's does
    /// (RFC 9113 section 3.3).
    ///
    /// ```standalone_crate
    /// use squall::{Application, Client, Request, get};
    ///
    /// #[get("/version")]
    /// async fn version(request: Request) -> String { format!("{:?}", request.version()) }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// # let address = format!("http://{}", listener.local_addr()?);
    /// # tokio::spawn(Application::new().serve(listener, std::future::pending()));
    /// let client = Client::new(&address)?.http2();
    /// assert_eq!(client.get(version {}).await?.text()?, "HTTP/2.0");
    /// # Ok(()) }
    /// ```
    pub fn http2(mut self) -> Self {
        self.http2 = true;
        self.connections = connections(self.http2, self.connect_timeout);
        self
    }

    /// How long it may take to connect, 10 s by default; the addresses of a name share that time.
    ///
    /// ```
    /// let client = squall::Client::new("http://127.0.0.1:8888")?.connect_timeout(std::time::Duration::from_secs(1));
    /// # drop(client);
    /// # squall::Result::<()>::Ok(())
    /// ```
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self.connections = connections(self.http2, self.connect_timeout);
        self
    }

    /// How long a call may take, redirects and the whole body included, 30 s by default.
    ///
    /// ```
    /// use std::time::Duration;
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// // It takes connections and never answers.
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    ///
    /// let address = format!("http://{}", listener.local_addr()?);
    /// let client = squall::Client::new(&address)?.timeout(Duration::from_millis(50));
    /// assert!(client.get("/").await.unwrap_err().is_timeout());
    /// # Ok(()) }
    /// ```
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many bytes an answer may have, 10 MiB by default; a larger one is an error ([`Error::is_too_large`](crate::Error::is_too_large)).
    ///
    /// ```standalone_crate
    /// use squall::{Application, Client, get};
    ///
    /// #[get("/")]
    /// async fn index() -> &'static str { "Hello" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// # let address = format!("http://{}", listener.local_addr()?);
    /// # tokio::spawn(Application::new().serve(listener, std::future::pending()));
    /// let client = Client::new(&address)?.body_limit(4);
    /// assert!(client.get(index {}).await.unwrap_err().is_too_large());
    /// # Ok(()) }
    /// ```
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Keeps the cookies that the server sets, and sends them back to its origin and to no other.
    ///
    /// Their names and values are kept until they expire or are removed; paths and domains are not looked at.
    ///
    /// ```standalone_crate
    /// use squall::{Application, Client, NoContent, get, post};
    ///
    /// #[post("/theme")]
    /// async fn choose(name: String) -> ([(&'static str, String); 1], NoContent) {
    ///     ([("set-cookie", format!("theme={name}; Path=/"))], NoContent)
    /// }
    ///
    /// #[get("/theme")]
    /// async fn chosen(#[cookie] theme: Option<String>) -> String { theme.unwrap_or_default() }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// # let address = format!("http://{}", listener.local_addr()?);
    /// # tokio::spawn(Application::new().serve(listener, std::future::pending()));
    /// let client = Client::new(&address)?.cookies();
    /// client.post(choose {}).body("dark").await?;
    /// assert_eq!(client.get("/theme").await?.text()?, "dark");
    /// # Ok(()) }
    /// ```
    pub fn cookies(mut self) -> Self {
        self.cookies = Some(Arc::default());
        self
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
    /// use squall::{Application, Client, Method, get};
    ///
    /// #[get("/items/{id}")]
    /// async fn item(id: u32) -> String { id.to_string() }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// # let address = format!("http://{}", listener.local_addr()?);
    /// # tokio::spawn(Application::new().serve(listener, std::future::pending()));
    /// let client = Client::new(&address)?;
    /// assert_eq!(client.request(Method::GET, item { id: 7 }).await?.text()?, "7");
    /// assert_eq!(client.request(Method::DELETE, "/items/7").await?.status(), 405);
    /// # Ok(()) }
    /// ```
    pub fn request(&self, method: Method, request: impl IntoRequest) -> Call<'_, Untyped> {
        Call::new(self, method, request.into_target())
    }
}

impl Transport for Client {
    fn aim(&self, target: Target) -> Result<(Uri, HeaderMap)> {
        match target.0 {
            Aim::Link(link) => {
                let uri = self.base.absolute(link.uri(&self.base.prefix)?)?;
                Ok((uri, link.into_headers()?))
            }
            Aim::Address(uri) => Ok((self.base.address(uri?)?, HeaderMap::new())),
        }
    }

    fn send(&self, request: http::Request<Body>) -> Sending<'_> {
        let jar = self.cookies.as_deref().filter(|_| self.base.is_origin_of(request.uri()));
        Box::pin(exchange(&self.connections, request, jar))
    }

    fn timeout(&self) -> Option<Duration> {
        Some(self.timeout)
    }

    fn body_limit(&self) -> usize {
        self.body_limit
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.base).field("http2", &self.http2).finish_non_exhaustive()
    }
}

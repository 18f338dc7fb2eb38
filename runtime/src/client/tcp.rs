//! The client over TCP.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, COOKIE, HeaderValue, USER_AGENT};
use http::{HeaderMap, Method, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client as Pool, Error as PoolError};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::body::Body;
use crate::client::base::{Base, speaks};
use crate::client::{Aim, Call, Cookies, IntoCall, IntoRequest, Sending, Target, Transport};
use crate::error::{Error, Result};
use crate::handler::{Delete, Get, Head, Options, Patch, Post, Put, Untyped};
use crate::response::Response;

/// How many bytes the head of an answer may have.
const HEAD: usize = 64 * 1024;

/// How long a connection that nobody uses is kept: less than the 75 s for which servers commonly keep it.
const IDLE: Duration = Duration::from_secs(60);

/// How many connections that nobody uses are kept for each origin.
const IDLE_CONNECTIONS: usize = 32;

/// How a client calls itself where the caller does not.
const AGENT: HeaderValue = HeaderValue::from_static(concat!("squall/", env!("CARGO_PKG_VERSION")));

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
/// An answer that breaks off, or is shorter than it said, is an error and never a complete answer. Compressed answers
/// are not asked for, and refused where a server sends one all the same; a call that names `Accept-Encoding` itself
/// gets the bytes as they come. There is no TLS yet: `https` is an error.
///
/// Clones share connections and cookies.
#[derive(Clone)]
pub struct Client {
    pool: Pool<HttpConnector, Body>,
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
    /// [`Error::is_link`] when it is no such address, or has a name and a password, a query or a fragment.
    pub fn new(address: &str) -> Result<Self> {
        let (base, connect_timeout) = (Base::read(address)?, Duration::from_secs(10));
        Ok(Self {
            pool: pool(false, connect_timeout),
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
        self.pool = pool(self.http2, self.connect_timeout);
        self
    }

    /// How long it may take to connect, 10 s by default; the addresses of a name share that time.
    ///
    /// ```
    /// let client = squall::Client::new("http://127.0.0.1:8888")?.connect_timeout(std::time::Duration::from_secs(1));
    /// # drop(client);
    /// # squall::Result::Ok(())
    /// ```
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self.pool = pool(self.http2, self.connect_timeout);
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

    /// How many bytes an answer may have, 10 MiB by default; a larger one is an error ([`Error::is_too_large`]).
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
    /// assert_eq!(client.get(chosen {}).await?.text()?, "dark");
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

    async fn exchange(&self, mut request: http::Request<Body>) -> Result<Response> {
        let uri = request.uri().clone();
        if let Err(why) = uri.scheme().map_or(Err("it has no scheme"), speaks) {
            return Err(Error::answer(format!("{uri} cannot be called: {why}")));
        }
        let jar = self.cookies.as_deref().filter(|_| self.base.is_origin_of(&uri));
        let as_it_comes = request.headers().contains_key(ACCEPT_ENCODING);
        complete(&mut request, jar);
        let head_only = request.method() == Method::HEAD;
        let again = repetition(&request);
        let response = match self.pool.request(request).await {
            Err(error) if is_lost(&error) => match again {
                Some(again) => self.pool.request(again).await,
                None => Err(error),
            },
            result => result,
        };
        let response = response.map_err(|error| failed(&uri, error))?.map(Body::from);
        if let Some(jar) = jar {
            held(jar).keep(response.headers());
        }
        if !as_it_comes && !head_only {
            refuse_encoded(&response)?;
        }
        Ok(response)
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
        Box::pin(self.exchange(request))
    }

    fn timeout(&self) -> Option<Duration> {
        Some(self.timeout)
    }

    fn body_limit(&self) -> usize {
        self.body_limit
    }
}

fn pool(http2: bool, connect_timeout: Duration) -> Pool<HttpConnector, Body> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(connect_timeout));
    Pool::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .http1_max_buf_size(HEAD)
        .http2_max_header_list_size(u32::try_from(HEAD).unwrap_or(u32::MAX))
        .http2_only(http2)
        .build(connector)
}

/// Adds what the caller left open.
fn complete(request: &mut http::Request<Body>, jar: Option<&Mutex<Cookies>>) {
    let length = request.body().len();
    let headers = request.headers_mut();
    if length.is_some() {
        // It is counted from the body: a number that the caller wrote could only be wrong.
        headers.remove(CONTENT_LENGTH);
    }
    headers.entry(USER_AGENT).or_insert(AGENT);
    // Without the field, any coding would do (RFC 9110 section 12.5.3).
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
    if let Some(cookies) = jar.and_then(|jar| held(jar).field(headers.get(COOKIE))) {
        headers.insert(COOKIE, cookies);
    }
}

fn held(jar: &Mutex<Cookies>) -> std::sync::MutexGuard<'_, Cookies> {
    // A panic while it was held leaves whole cookies behind.
    jar.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The same request again, where it may be sent twice.
fn repetition(request: &http::Request<Body>) -> Option<http::Request<Body>> {
    if !request.method().is_idempotent() || !request.body().is_empty() {
        return None;
    }
    let mut again = http::Request::new(Body::empty());
    again.method_mut().clone_from(request.method());
    again.uri_mut().clone_from(request.uri());
    again.headers_mut().clone_from(request.headers());
    Some(again)
}

/// Whether the connection ended before an answer: mostly it was kept, and the server closed it at that moment.
fn is_lost(error: &PoolError) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    let mut cause = Some(error as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        let closed = error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message);
        let reset = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if closed || matches!(reset, Some(BrokenPipe | ConnectionAborted | ConnectionReset)) {
            return true;
        }
        cause = error.source();
    }
    false
}

fn failed(uri: &Uri, error: PoolError) -> Error {
    let site = uri.authority().map_or("", |authority| authority.as_str());
    if error.is_connect() {
        return Error::connect(format!("no connection to {site}"), error);
    }
    let what = match std::error::Error::source(&error).and_then(|source| source.downcast_ref::<hyper::Error>()) {
        Some(source) if source.is_parse_too_large() => "the head of the answer is too large",
        Some(source) if source.is_parse() => "the answer is no HTTP",
        Some(source) if source.is_user() => "the body of the request could not be sent",
        _ => "the connection ended before an answer",
    };
    Error::answer_broken(format!("{site}: {what}"), error)
}

/// An answer that was compressed without being asked for: its bytes would pass for the content.
fn refuse_encoded(response: &Response) -> Result<()> {
    let codings = response.headers().get_all(CONTENT_ENCODING).iter();
    let coding = codings.map(|value| String::from_utf8_lossy(value.as_bytes())).find(|value| {
        let mut codings = value.split(',').map(str::trim);
        codings.any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity"))
    });
    match coding {
        Some(coding) if !response.body().is_empty() => {
            Err(Error::answer(format!("the answer is encoded with {coding:?}, which was not asked for")))
        }
        _ => Ok(()),
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.base).field("http2", &self.http2).finish_non_exhaustive()
    }
}

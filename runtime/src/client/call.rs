//! One request in the making, and its way to the answer.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use http::{HeaderMap, Method, Uri};

use crate::body::Body;
use crate::client::reference::resolve;
use crate::client::{Answer, Target, redirect};
use crate::error::{Error, Result};
use crate::response::{IntoResponse, Response};

/// How many redirects in a row are followed before it is called a loop.
const REDIRECTS: usize = 10;

/// An answer on its way, up to the end of its head.
pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response>> + Send + 'a>>;

/// What carries requests to an application: memory or a network.
pub(crate) trait Transport: Send + Sync {
    /// The address and the header fields that a target stands for here.
    fn aim(&self, target: Target) -> Result<(Uri, HeaderMap)>;

    /// Sends one request, without following redirects.
    fn send(&self, request: http::Request<Body>) -> Sending<'_>;

    /// How long a call may take where it does not say so itself.
    fn timeout(&self) -> Option<Duration> {
        None
    }

    /// How many bytes of an answer are read.
    fn body_limit(&self) -> usize {
        usize::MAX
    }
}

/// A request that is sent when it is awaited.
///
/// # Cancel safety
/// Dropping the future gives the request up; whether the application has seen it is then unknown.
#[must_use = "a request is sent when it is awaited"]
pub struct Call<'a, O> {
    client: &'a dyn Transport,
    method: Method,
    head: Result<(Uri, HeaderMap)>,
    body: Option<Body>,
    follow: bool,
    /// The content type was given by `header`, and is not that of the body.
    has_own_type: bool,
    timeout: Option<Duration>,
    answers: PhantomData<fn() -> O>,
}

impl<'a, O> Call<'a, O> {
    pub(crate) fn new(client: &'a dyn Transport, method: Method, target: Target) -> Self {
        let (head, timeout) = (client.aim(target), client.timeout());
        Self { client, method, head, body: None, follow: false, has_own_type: false, timeout, answers: PhantomData }
    }

    /// The body, with its content type: `Json(value)`, text, bytes, whatever is a response is a body, too.
    pub fn body(mut self, body: impl IntoResponse) -> Self {
        let (head, body) = body.into_response().into_parts();
        if let Ok((_, headers)) = &mut self.head {
            let own = self.has_own_type.then(|| headers.remove(CONTENT_TYPE)).flatten();
            headers.extend(head.headers);
            if let Some(own) = own {
                headers.insert(CONTENT_TYPE, own);
            }
        }
        self.body = Some(body);
        self
    }

    /// Adds a header field; a content type stands instead of the body's, in whichever order they are given. A field that HTTP does not allow is the error of
    /// the call.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.field(name, value, false)
    }

    /// Adds a header field that holds a secret, such as an API key: it is not shown by `Debug`, and a redirect to
    /// another origin does not take it along. `Authorization`, `Proxy-Authorization` and `Cookie` are never taken along.
    ///
    /// ```standalone_crate
    /// use squall::{Application, Request, get, testing::TestClient};
    ///
    /// #[get("/key")]
    /// async fn key(request: Request) -> String {
    ///     format!("{:?}", request.headers().get("x-api-key").map(|key| key.len()))
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new());
    /// let call = client.get(key {}).sensitive_header("x-api-key", "kept to itself");
    /// assert!(!format!("{call:?}").contains("kept to itself"));
    /// assert_eq!(call.await?.text()?, "Some(14)");
    /// # Ok(()) }
    /// ```
    pub fn sensitive_header(self, name: &str, value: &str) -> Self {
        self.field(name, value, true)
    }

    fn field(mut self, name: &str, value: &str, sensitive: bool) -> Self {
        if let Ok((_, headers)) = &mut self.head {
            match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                (Ok(CONTENT_TYPE), Ok(value)) => {
                    headers.insert(CONTENT_TYPE, value);
                    self.has_own_type = true;
                }
                (Ok(name), Ok(mut value)) => {
                    value.set_sensitive(sensitive || redirect::is_credential(&name));
                    headers.append(name, value);
                }
                _ if sensitive => self.head = Err(Error::link(format!("{name}: its value is no header field"))),
                _ => self.head = Err(Error::link(format!("{name}: {value:?} is no header field"))),
            }
        }
        self
    }

    /// Follows redirects, at most ten in a row; cookies go along where they belong.
    ///
    /// After 303 every method but HEAD becomes GET, after 301 and 302 only POST does, as browsers have it (RFC 9110
    /// section 15.4). Where the method stays, a body would have to be sent again: that is an error.
    ///
    /// In memory, a redirect to another site is an error: only the application answers there. Over TCP it is followed,
    /// without the credentials when scheme, host or port is another; from `https` to `http` it is an error.
    pub fn follow_redirects(mut self) -> Self {
        self.follow = true;
        self
    }

    /// How long the call may take, redirects and the whole body included; over TCP 30 s unless the client says otherwise,
    /// in memory without end. What takes longer is given up ([`Error::is_timeout`]).
    ///
    /// ```standalone_crate
    /// use std::time::Duration;
    ///
    /// use squall::{Application, get, testing::TestClient};
    ///
    /// #[get("/for/ever")]
    /// async fn for_ever() -> &'static str { std::future::pending().await }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new());
    /// let error = client.get(for_ever {}).timeout(Duration::from_millis(10)).await.unwrap_err();
    /// assert!(error.is_timeout());
    /// # Ok(()) }
    /// ```
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sends the request and returns when the head of the answer is there; the body is read as it comes, without the
    /// limits that a client has for whole bodies. The timeout ends with the head.
    ///
    /// ```standalone_crate
    /// use squall::{Application, get, testing::TestClient};
    ///
    /// #[get("/")]
    /// async fn index() -> &'static str { "Hello" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let response = TestClient::new(Application::new()).get(index {}).stream().await?;
    /// assert_eq!(response.status(), 200);
    /// assert_eq!(response.into_body().collect(5).await?, "Hello");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As for the call itself. A body that breaks off later is the error of its last frame.
    ///
    /// # Cancel safety
    /// Dropping the future gives the request up.
    pub async fn stream(self) -> Result<Response> {
        let timeout = self.timeout;
        in_time(timeout, self.travel()).await
    }

    async fn perform(self) -> Result<Answer<O>> {
        let (timeout, limit) = (self.timeout, self.client.body_limit());
        in_time(timeout, async { Answer::read(self.travel().await?, limit).await }).await
    }

    /// Sends the request, and where it asks for that, goes where redirects lead.
    async fn travel(self) -> Result<Response> {
        let (mut uri, headers) = self.head?;
        let mut has_body = self.body.is_some();
        let (mut method, mut headers, mut body) = (self.method, headers, self.body.unwrap_or_default());
        for _ in 0..=REDIRECTS {
            let mut request = http::Request::new(std::mem::take(&mut body));
            *request.method_mut() = method.clone();
            *request.uri_mut() = uri.clone();
            request.headers_mut().clone_from(&headers);
            let response = self.client.send(request).await?;
            let target = response.headers().get(LOCATION);
            let Some(target) = target.filter(|_| self.follow && redirect::leads_on(response.status())) else {
                return Ok(response);
            };
            let next = resolve(&uri, &String::from_utf8_lossy(target.as_bytes()))?;
            redirect::cross(&uri, &next, &mut headers)?;
            uri = next;
            if redirect::becomes_get(response.status(), &method) {
                if method != Method::HEAD {
                    method = Method::GET;
                }
                has_body = false;
                redirect::without_body(&mut headers);
            } else if has_body {
                return Err(Error::answer("a redirect that keeps the body cannot be followed: the body is gone"));
            }
        }
        Err(Error::answer(format!("more than {REDIRECTS} redirects in a row, the last to {uri}")))
    }
}

async fn in_time<T>(timeout: Option<Duration>, work: impl Future<Output = Result<T>>) -> Result<T> {
    match timeout {
        None => work.await,
        Some(timeout) => match tokio::time::timeout(timeout, work).await {
            Ok(result) => result,
            Err(_) => Err(Error::timeout(timeout)),
        },
    }
}

impl<'a, O: 'a> IntoFuture for Call<'a, O> {
    type Output = Result<Answer<O>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.perform())
    }
}

impl<O> std::fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("method", &self.method).field("head", &self.head).finish_non_exhaustive()
    }
}

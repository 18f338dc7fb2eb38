//! One request in the making, and its way to the answer.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;

use http::header::{CONTENT_TYPE, COOKIE, HeaderName, HeaderValue, LOCATION};
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::body::Body;
use crate::error::{Error, Result};
use crate::handler::{Answers, Untyped};
use crate::link::ToLink;
use crate::response::IntoResponse;
use crate::testing::reference::resolve;
use crate::testing::{Answer, TestClient};

/// How many redirects in a row are followed before it is called a loop.
const REDIRECTS: usize = 10;

/// What a client calls with method `V`: a handler struct that has this verb, or a path as text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer `{V}`",
    label = "has no verb for this method",
    note = "a client calls a handler struct by a verb that its `#[handler] impl` has, or a path as text"
)]
pub trait IntoCall<V, O> {
    /// Begins the call.
    fn into_call(self, client: &TestClient, method: Method) -> Call<'_, O>;
}

impl<V, O, H: Answers<V, O>> IntoCall<V, O> for H {
    fn into_call(self, client: &TestClient, method: Method) -> Call<'_, O> {
        client.call(method, &self)
    }
}

impl<V> IntoCall<V, Untyped> for &str {
    fn into_call(self, client: &TestClient, method: Method) -> Call<'_, Untyped> {
        self.into_request(client, method)
    }
}

impl<V> IntoCall<V, Untyped> for String {
    fn into_call(self, client: &TestClient, method: Method) -> Call<'_, Untyped> {
        self.into_request(client, method)
    }
}

impl<V> IntoCall<V, Untyped> for Uri {
    fn into_call(self, client: &TestClient, method: Method) -> Call<'_, Untyped> {
        self.into_request(client, method)
    }
}

/// What a client calls with any method: a handler struct, whatever verbs it has, or a path as text or `Uri`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no request",
    label = "neither a handler struct nor a path",
    note = "write `client.request(method, Item::at(7))` or `client.request(method, \"/items/7\")`"
)]
pub trait IntoRequest {
    /// Begins the call.
    fn into_request(self, client: &TestClient, method: Method) -> Call<'_, Untyped>;
}

#[diagnostic::do_not_recommend]
impl<L: ToLink> IntoRequest for L {
    fn into_request(self, client: &TestClient, method: Method) -> Call<'_, Untyped> {
        client.call(method, &self)
    }
}

impl IntoRequest for &str {
    fn into_request(self, client: &TestClient, method: Method) -> Call<'_, Untyped> {
        let uri = Uri::try_from(self).map_err(|error| Error::link(format!("{self:?} is no address: {error}")));
        Call::new(client, method, uri.map(|uri| (uri, HeaderMap::new())))
    }
}

impl IntoRequest for String {
    fn into_request(self, client: &TestClient, method: Method) -> Call<'_, Untyped> {
        self.as_str().into_request(client, method)
    }
}

impl IntoRequest for Uri {
    fn into_request(self, client: &TestClient, method: Method) -> Call<'_, Untyped> {
        Call::new(client, method, Ok((self, HeaderMap::new())))
    }
}

/// A request that is sent when it is awaited.
#[must_use = "a request is sent when it is awaited"]
pub struct Call<'a, O> {
    client: &'a TestClient,
    method: Method,
    head: Result<(Uri, HeaderMap)>,
    body: Option<Body>,
    follow: bool,
    answers: PhantomData<fn() -> O>,
}

impl<'a, O> Call<'a, O> {
    pub(super) fn new(client: &'a TestClient, method: Method, head: Result<(Uri, HeaderMap)>) -> Self {
        Self { client, method, head, body: None, follow: false, answers: PhantomData }
    }

    /// The body, with its content type: `Json(value)`, text, bytes, whatever is a response is a body, too.
    pub fn body(mut self, body: impl IntoResponse) -> Self {
        let (head, body) = body.into_response().into_parts();
        if let Ok((_, headers)) = &mut self.head {
            headers.extend(head.headers);
        }
        self.body = Some(body);
        self
    }

    /// Adds a header field; a content type replaces that of the body. A field that HTTP does not allow is the error of
    /// the call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Ok((_, headers)) = &mut self.head {
            match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                (Ok(CONTENT_TYPE), Ok(value)) => {
                    headers.insert(CONTENT_TYPE, value);
                }
                (Ok(name), Ok(value)) => {
                    headers.append(name, value);
                }
                _ => self.head = Err(Error::link(format!("{name}: {value:?} is no header field"))),
            }
        }
        self
    }

    /// Follows redirects, at most ten in a row; cookies go along. One that leads to another site is an error: only this
    /// application answers here.
    ///
    /// After 303 every method but HEAD becomes GET, after 301 and 302 only POST does, as browsers have it (RFC 9110
    /// section 15.4). Where the method stays, a body would have to be sent again: that is an error, too.
    pub fn follow_redirects(mut self) -> Self {
        self.follow = true;
        self
    }

    async fn perform(self) -> Result<Answer<O>> {
        let (mut uri, headers) = self.head?;
        let mut has_body = self.body.is_some();
        let (mut method, mut headers, mut body) = (self.method, headers, self.body.unwrap_or_default());
        for _ in 0..=REDIRECTS {
            let own = headers.clone();
            let mut request = http::Request::new(std::mem::take(&mut body));
            *request.method_mut() = method.clone();
            *request.uri_mut() = uri.clone();
            let cookies = self.client.cookies().field(headers.get(COOKIE));
            *request.headers_mut() = std::mem::take(&mut headers);
            if let Some(cookies) = cookies {
                request.headers_mut().insert(COOKIE, cookies);
            }
            let response = self.client.send(request.into()).await;
            self.client.cookies().keep(response.headers());
            let target = response.headers().get(LOCATION).filter(|_| self.follow && leads_on(response.status()));
            let Some(target) = target else { return Answer::read(response).await };
            uri = resolve(&uri, &String::from_utf8_lossy(target.as_bytes()))?;
            headers = own;
            if becomes_get(response.status(), &method) {
                if method != Method::HEAD {
                    method = Method::GET;
                }
                has_body = false;
                headers.remove(CONTENT_TYPE);
            } else if has_body {
                return Err(Error::answer("a redirect that keeps the body cannot be followed: the body is gone"));
            }
        }
        Err(Error::answer(format!("more than {REDIRECTS} redirects in a row, the last to {uri}")))
    }
}

/// Whether a status asks to go on at its `Location` (RFC 9110 section 15.4): of 3xx, 300, 304 and 305 do not.
fn leads_on(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Whether the next request asks for an answer without sending the body again: after 303, and after 301 and 302 to POST.
fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status {
        StatusCode::SEE_OTHER => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => *method == Method::POST,
        _ => false,
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

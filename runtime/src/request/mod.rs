//! The request as handlers and extractors meet it.

mod context;
mod id;
mod params;
mod tasks;

use bytes::Bytes;
use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Uri, Version};

use crate::body::Body;
use crate::error::Result;

pub(crate) use context::Context;
pub use id::RequestId;
pub(crate) use params::{Params, percent_decoded};
pub use tasks::Tasks;

/// How many bytes of body an extractor reads where the handler says nothing: 2 MiB.
pub(crate) const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// One HTTP request.
///
/// As an argument of a handler it takes the whole request, body included.
///
/// ```standalone_crate
/// use squall::{Request, get};
///
/// #[get("/whoami")]
/// async fn whoami(request: Request) -> String {
///     format!("{} {}", request.method(), request.uri())
/// }
/// # fn main() {}
/// ```
#[derive(Debug)]
pub struct Request {
    head: Parts,
    body: Body,
    body_limit: usize,
    params: Params,
    context: Option<std::sync::Arc<Context>>,
}

impl Request {
    /// A request from its parts, as a server or a test makes it.
    pub fn new(head: Parts, body: impl Into<Body>) -> Self {
        Self { head, body: body.into(), body_limit: BODY_LIMIT, params: Params::default(), context: None }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.head.method
    }

    /// The target: path and query, with scheme and authority where the client sent them.
    pub fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// The version of HTTP the client speaks.
    pub fn version(&self) -> Version {
        self.head.version
    }

    /// The header fields.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The header fields, to change.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.head.headers
    }

    /// Typed values that travel with the request.
    pub fn extensions(&self) -> &Extensions {
        &self.head.extensions
    }

    /// Typed values that travel with the request, to change.
    pub fn extensions_mut(&mut self) -> &mut Extensions {
        &mut self.head.extensions
    }

    /// Takes the body out; what is left behind is empty.
    pub fn take_body(&mut self) -> Body {
        std::mem::take(&mut self.body)
    }

    /// How many bytes of body this handler accepts: 2 MiB, or what its attribute says (`body = "20MiB"`).
    pub fn body_limit(&self) -> usize {
        self.body_limit
    }

    /// Reads the whole body within [`Request::body_limit`].
    ///
    /// # Cancel safety
    /// Not cancel safe: the body is taken out first, so what was read is lost.
    pub async fn bytes(&mut self) -> Result<Bytes> {
        let limit = self.body_limit;
        self.take_body().collect(limit).await
    }

    /// The request of the `http` crate, for code that speaks its types.
    pub fn into_http(self) -> http::Request<Body> {
        http::Request::from_parts(self.head, self.body)
    }

    /// The state of type `T` that the application (or the mount) holds.
    pub(crate) fn state<T: Send + Sync + 'static>(&self) -> Option<std::sync::Arc<T>> {
        self.context.as_ref()?.state::<T>()
    }

    /// Where a detached verb is counted; one that belongs to no application is counted alone.
    pub(crate) fn tasks(&self) -> Tasks {
        self.context.as_ref().map(|context| context.tasks()).unwrap_or_default()
    }

    pub(crate) fn params(&self) -> &Params {
        &self.params
    }

    /// Called once, when the router has found the handler.
    pub(crate) fn matched(&mut self, params: Params, context: std::sync::Arc<Context>, body_limit: usize) {
        self.params = params;
        self.context = Some(context);
        self.body_limit = body_limit;
    }
}

impl<B: Into<Body>> From<http::Request<B>> for Request {
    fn from(request: http::Request<B>) -> Self {
        let (head, body) = request.into_parts();
        Self::new(head, body)
    }
}

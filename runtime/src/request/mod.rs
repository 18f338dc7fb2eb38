//! The request as handlers and extractors meet it.

mod background;
mod context;
mod id;
mod kept;
mod limits;
mod matched;
mod params;
mod peer;
mod tasks;

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Uri, Version};

use crate::body::Body;
use crate::error::Result;

pub use background::Background;
pub(crate) use context::{Context, Shared, Slot};
pub use id::RequestId;
use kept::Kept;
pub use limits::{ByteUnits, Limits};
pub(crate) use matched::Matched;
pub(crate) use params::{Params, percent_decoded};
pub use peer::Peer;
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
    params: Params,
    matched: Option<Arc<Matched>>,
    kept: Kept,
    id: RequestId,
    peer: Option<Peer>,
}

/// What the router found, while the request is one of the `http` crate.
#[derive(Clone)]
struct Carried {
    params: Params,
    matched: Option<Arc<Matched>>,
    kept: Kept,
    id: RequestId,
    peer: Option<Peer>,
}

impl Request {
    /// A request from its parts, as a server or a test makes it.
    pub fn new(head: Parts, body: impl Into<Body>) -> Self {
        Self {
            head,
            body: body.into(),
            params: Params::default(),
            matched: None,
            kept: Kept::default(),
            id: RequestId::next(),
            peer: None,
        }
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
        self.matched.as_ref().map_or(BODY_LIMIT, |matched| matched.body_limit)
    }

    /// Reads the whole body within [`Request::body_limit`].
    ///
    /// # Cancel safety
    /// Not cancel safe: the body is taken out first, so what was read is lost.
    pub async fn bytes(&mut self) -> Result<Bytes> {
        let limit = self.body_limit();
        self.take_body().collect(limit).await
    }

    /// The target, to change: a middleware of the application that changes the path has the request matched by the new
    /// one. After the match a change has no effect on which handler runs, nor on the parameters that it gets.
    pub fn uri_mut(&mut self) -> &mut Uri {
        self.params.keep(self.head.uri.path());
        &mut self.head.uri
    }

    /// The method, to change; as for [`Request::uri_mut`] it counts before the match.
    pub fn method_mut(&mut self) -> &mut Method {
        &mut self.head.method
    }

    /// The body, to change: `std::mem::take` leaves an empty one behind.
    pub fn body_mut(&mut self) -> &mut Body {
        &mut self.body
    }

    /// The request of the `http` crate, for code that speaks its types; the [`Peer`] is among its extensions. Turned
    /// back it is still matched.
    pub fn into_http(mut self) -> http::Request<Body> {
        if let Some(peer) = self.peer {
            self.head.extensions.insert(peer);
        }
        if self.matched.is_some() {
            let Self { mut params, matched, kept, id, peer, .. } = self;
            params.keep(self.head.uri.path());
            self.head.extensions.insert(Carried { params, matched, kept, id, peer });
        }
        http::Request::from_parts(self.head, self.body)
    }

    /// The same request without its body, for what looks at it later.
    pub(crate) fn without_body(&self) -> Self {
        Self {
            head: self.head.clone(),
            body: Body::empty(),
            params: self.params.clone(),
            matched: self.matched.clone(),
            kept: self.kept.clone(),
            id: self.id,
            peer: self.peer,
        }
    }

    /// Takes the values along that were left with another copy of this request.
    pub(crate) fn take_values_of(&mut self, request: &Self) {
        self.head.extensions = request.head.extensions.clone();
        self.kept = request.kept.clone();
    }

    /// The state of type `T` that the application (or the mount) holds.
    pub(crate) fn state<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.context()?.state::<T>()
    }

    /// What it can reach of the application, once it has been routed.
    pub(crate) fn context(&self) -> Option<&Arc<Context>> {
        self.matched.as_ref().map(|matched| &matched.context)
    }

    /// The number by which it is known in its answer and in the log.
    pub fn id(&self) -> RequestId {
        self.id
    }

    /// The address at the other end of the connection, where there is one.
    pub fn peer(&self) -> Option<Peer> {
        self.peer.or_else(|| self.head.extensions.get().copied())
    }

    /// Called by the server, which knows.
    pub(crate) fn set_peer(&mut self, peer: Peer) {
        self.peer = Some(peer);
    }

    /// The route it matched.
    pub(crate) fn matched(&self) -> Option<&Arc<Matched>> {
        self.matched.as_ref()
    }

    /// A copy of the value of type `T` that an extractor left.
    pub(crate) fn kept<T: 'static>(&self, copy: fn(&T) -> Option<T>) -> Option<T> {
        self.kept.get(copy)
    }

    /// Keeps a value for the next extractor of its type.
    pub(crate) fn put_by<T: Send + 'static>(&mut self, value: T) {
        self.kept.put(value);
    }

    /// Where a detached verb is counted; one that belongs to no application is counted alone.
    pub(crate) fn tasks(&self) -> Tasks {
        self.context().map(|context| context.tasks()).unwrap_or_default()
    }

    pub(crate) fn params(&self) -> &Params {
        &self.params
    }

    /// Called when the router has found the handler, or none.
    pub(crate) fn set_matched(&mut self, params: Params, matched: Arc<Matched>) {
        self.params = params;
        self.matched = Some(matched);
    }
}

impl<B: Into<Body>> From<http::Request<B>> for Request {
    fn from(request: http::Request<B>) -> Self {
        let (mut head, body) = request.into_parts();
        let carried = head.extensions.remove::<Carried>();
        let request = Self::new(head, body);
        match carried {
            Some(Carried { params, matched, kept, id, peer }) => Self { params, matched, kept, id, peer, ..request },
            None => request,
        }
    }
}

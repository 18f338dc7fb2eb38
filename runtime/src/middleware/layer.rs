//! The layers of tower, around handlers.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, ETAG, HeaderValue};
use http_body::Body as HttpBody;
use tower_layer::Layer;
use tower_service::Service;

use crate::body::Body;
use crate::handler::{HandlerFuture, Serve, Stage};
use crate::middleware::service;
use crate::request::Request;
use crate::response::Response;

/// What a layer is put around: a tower service that goes on to the handler, and never fails.
#[derive(Clone)]
pub struct NextService(Stage);

impl<B> Service<http::Request<B>> for NextService
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let answer = self.0.serve(Request::from(request.map(Body::new)));
        Box::pin(async move {
            let mut response = answer.await;
            if response.headers().contains_key(ETAG) && !response.headers().contains_key(CONTENT_ENCODING) {
                response.extensions_mut().insert(Plain);
            }
            Ok(response)
        })
    }
}

impl fmt::Debug for NextService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NextService")
    }
}

/// Left in an answer that has a tag and no coding, where a layer gets it.
#[derive(Clone, Copy)]
struct Plain;

/// A layer that encoded an answer left it the tag of the plain one, and two contents would have one strong tag
/// (RFC 9110 section 8.8.3.3).
fn weakened(mut response: Response) -> Response {
    let was_plain = response.extensions_mut().remove::<Plain>().is_some();
    if was_plain && response.headers().contains_key(CONTENT_ENCODING) {
        let tag = response.headers().get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/"));
        let weak = tag.and_then(|tag| HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat()).ok());
        if let Some(weak) = weak {
            response.headers_mut().insert(ETAG, weak);
        }
    }
    response
}

/// The stage of a layer, and what it has to leave in order.
struct Layered(Stage);

impl Serve for Layered {
    fn serve(&self, request: Request) -> HandlerFuture {
        let answer = self.0.serve(request);
        Box::pin(async move { weakened(answer.await) })
    }
}

/// Puts a layer of tower around a stage.
pub fn layer<L, R>(layer: L, inner: Stage) -> Stage
where
    L: Layer<NextService>,
    L::Service: Service<http::Request<Body>, Response = http::Response<R>> + Clone + Send + Sync + 'static,
    <L::Service as Service<http::Request<Body>>>::Error: Into<Box<dyn StdError + Send + Sync>>,
    <L::Service as Service<http::Request<Body>>>::Future: Send,
    R: HttpBody<Data = Bytes> + Send + 'static,
    R::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    Arc::new(Layered(service(layer.layer(NextService(inner)))))
}

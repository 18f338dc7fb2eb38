//! The layers of tower, around handlers.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body as HttpBody;
use tower_layer::Layer;
use tower_service::Service;

use crate::body::Body;
use crate::handler::Stage;
use crate::middleware::service::stage;
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
        Box::pin(async move { Ok(answer.await) })
    }
}

impl fmt::Debug for NextService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NextService")
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
    stage(layer.layer(NextService(inner)))
}

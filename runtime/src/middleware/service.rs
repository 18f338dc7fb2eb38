//! A tower service as a stage.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::sync::Arc;

use bytes::Bytes;
use http_body::Body as HttpBody;
use tower_service::Service;

use crate::body::Body;
use crate::error::Error;
use crate::handler::{HandlerFuture, Serve, Stage};
use crate::request::Request;
use crate::response::IntoResponse as _;

/// A service as a stage: that of a layer, or one that answers by itself, for a mount or a fallback.
pub(crate) fn service<S, R>(service: S) -> Stage
where
    S: Service<http::Request<Body>, Response = http::Response<R>> + Clone + Send + Sync + 'static,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    S::Future: Send,
    R: HttpBody<Data = Bytes> + Send + 'static,
    R::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    Arc::new(ServiceStage(service))
}

/// Each request has a clone of the service of its own, as tower wants it: a clone that is ready is called once.
struct ServiceStage<S>(S);

impl<S, R> Serve for ServiceStage<S>
where
    S: Service<http::Request<Body>, Response = http::Response<R>> + Clone + Send + Sync + 'static,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    S::Future: Send,
    R: HttpBody<Data = Bytes> + Send + 'static,
    R::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    fn serve(&self, request: Request) -> HandlerFuture {
        let mut service = self.0.clone();
        Box::pin(async move {
            let answer = async {
                poll_fn(|cx| service.poll_ready(cx)).await?;
                service.call(request.into_http()).await
            };
            match answer.await {
                Ok(response) => response.map(Body::new),
                Err(error) => Error::service(error).into_response(),
            }
        })
    }
}

/// A function that answers requests by itself.
pub(crate) fn function<F, A, R>(function: F) -> Stage
where
    F: Fn(Request) -> A + Send + Sync + 'static,
    A: Future<Output = R> + Send + 'static,
    R: crate::response::IntoResponse,
{
    Arc::new(Function(Arc::new(function)))
}

struct Function<F>(Arc<F>);

impl<F, A, R> Serve for Function<F>
where
    F: Fn(Request) -> A + Send + Sync + 'static,
    A: Future<Output = R> + Send + 'static,
    R: crate::response::IntoResponse,
{
    fn serve(&self, request: Request) -> HandlerFuture {
        let function = Arc::clone(&self.0);
        // Called when it is awaited: what stands around it sees a panic of the call, too.
        Box::pin(async move { function(request).await.into_response() })
    }
}

/// The target as the client sent it, in the extensions of a request whose path a mount has shortened.
///
/// ```
/// use squall::middleware::OriginalUri;
/// let OriginalUri(uri) = OriginalUri(squall::Uri::from_static("/legacy/x"));
/// assert_eq!(uri.path(), "/legacy/x");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginalUri(pub http::Uri);

/// Takes the first segments off the path before it goes on.
pub(crate) fn stripped(segments: usize, inner: Stage) -> Stage {
    Arc::new(Stripped { segments, inner })
}

struct Stripped {
    segments: usize,
    inner: Stage,
}

impl Serve for Stripped {
    fn serve(&self, mut request: Request) -> HandlerFuture {
        let original = request.uri().clone();
        let rest = original.path().splitn(self.segments + 2, '/').nth(self.segments + 1).unwrap_or_default();
        // Two slashes at the beginning would name another site wherever the service repeats its path.
        let rest = rest.trim_start_matches(['/', '\\']);
        let target = match original.query() {
            Some(query) => format!("/{rest}?{query}"),
            None => format!("/{rest}"),
        };
        let mut parts = original.clone().into_parts();
        // A piece of a path and its query are still one.
        if let Ok(target) = target.parse() {
            parts.path_and_query = Some(target);
            if let Ok(uri) = http::Uri::from_parts(parts) {
                *request.uri_mut() = uri;
            }
        }
        // A mount inside of another one has a shorter path already.
        request.extensions_mut().get_or_insert_with(|| OriginalUri(original));
        self.inner.serve(request)
    }
}

//! One place that shapes every failure.

use std::sync::Arc;

use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION,
    CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED, TRAILER, TRANSFER_ENCODING,
};

use crate::handler::{HandlerFuture, Serve, Stage, caught, panicked};
use crate::request::Request;
use crate::response::{Failure, IntoResponse, LogContext, Raised, named};

/// What speaks of the content, or of how it is sent.
const OF_CONTENT: [HeaderName; 12] = [
    ACCEPT_RANGES,
    CONTENT_DISPOSITION,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_LOCATION,
    CONTENT_RANGE,
    CONTENT_TYPE,
    ETAG,
    LAST_MODIFIED,
    TRAILER,
    TRANSFER_ENCODING,
];

/// What a client needs whatever the page looks like: all but what speaks of the old content.
fn kept(headers: &HeaderMap) -> HeaderMap {
    let kept = headers.iter().filter(|(name, _)| !OF_CONTENT.contains(name));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Adds the fields of which the answer has none.
fn add_missing(answer: &mut HeaderMap, kept: HeaderMap) {
    let names: Vec<HeaderName> = kept.keys().filter(|name| !answer.contains_key(*name)).cloned().collect();
    for name in names {
        for value in kept.get_all(&name) {
            answer.append(&name, value.clone());
        }
    }
}

/// Puts a hook around a stage, which shapes its failures.
pub fn on_error<F, A, R>(hook: F, inner: Stage) -> Stage
where
    F: Fn(Failure) -> A + Send + Sync + 'static,
    A: Future<Output = R> + Send + 'static,
    R: IntoResponse + 'static,
{
    Arc::new(OnError { hook: Arc::new(hook), inner })
}

struct OnError<F> {
    hook: Arc<F>,
    inner: Stage,
}

impl<F, A, R> Serve for OnError<F>
where
    F: Fn(Failure) -> A + Send + Sync + 'static,
    A: Future<Output = R> + Send + 'static,
    R: IntoResponse + 'static,
{
    fn serve(&self, request: Request) -> HandlerFuture {
        let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
        let (id, matched) = (request.id(), request.matched().cloned());
        let hook = Arc::clone(&self.hook);
        let inner = self.inner.serve(request);
        Box::pin(async move {
            let response = caught(inner).await.unwrap_or_else(|panic| panicked(panic.as_ref()));
            let Some(raised) = response.extensions().get::<Raised>().cloned() else { return response };
            let matched = matched.as_ref().filter(|matched| !matched.path.is_empty());
            raised.log(&LogContext {
                id,
                method: &method,
                route: matched.map(|matched| matched.path.as_str()),
                handler: matched.map(|matched| matched.handler),
            });
            let kept = kept(response.headers());
            let mark = response.extensions().get::<crate::handler::Panicked>().copied();
            let failure = Failure::new(raised, response, method, uri, headers, id);
            let shaped = caught(async move { hook(failure).await.into_response() }).await;
            let mut answer = shaped.unwrap_or_else(|panic| panicked(panic.as_ref()));
            add_missing(answer.headers_mut(), kept);
            if let Some(mark) = mark {
                answer.extensions_mut().insert(mark);
            }
            named(answer, id)
        })
    }
}

//! One place that shapes every failure.

use std::sync::Arc;

use http::header::{ACCEPT_ENCODING, ALLOW, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};

use crate::handler::{HandlerFuture, Serve, Stage, caught, panicked};
use crate::request::Request;
use crate::response::{Failure, IntoResponse, LogContext, Raised, named};

/// What a client needs whatever the page looks like.
const KEPT: [HeaderName; 4] = [ALLOW, RETRY_AFTER, WWW_AUTHENTICATE, ACCEPT_ENCODING];

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
            let kept = KEPT.map(|name| (response.headers().get(&name).cloned(), name));
            let panicked = response.extensions().get::<crate::handler::Panicked>().copied();
            let mut answer = hook(Failure::new(raised, response, method, uri, headers, id)).await.into_response();
            for (value, name) in kept {
                if let Some(value) = value {
                    answer.headers_mut().entry(name).or_insert(value);
                }
            }
            if let Some(panicked) = panicked {
                answer.extensions_mut().insert(panicked);
            }
            named(answer, id)
        })
    }
}

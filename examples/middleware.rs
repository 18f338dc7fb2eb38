//! What stands around handlers: `cargo run --example middleware`, then `curl -i -H 'x-key: 1234' localhost:8888`.

use squall::middleware::{Middleware, Next};
use squall::{Application, Extension, IntoResponse, Problem, Request, Response, StatusCode, get};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Instant;

/// Says in the log and in the answer how long a request took.
async fn timing(request: Request, next: Next) -> impl IntoResponse {
    let (begin, id, method, uri) = (Instant::now(), request.id(), request.method().clone(), request.uri().clone());
    let response = next.run(request).await;
    let time = begin.elapsed().as_secs_f64() * 1000.0;
    tracing::info!("{id}: {method} {} {} in {time:.1} ms", uri.path(), response.status());
    ([("server-timing", format!("app;dur={time:.1}"))], response)
}

/// Lets in who has a key, and so often: a middleware with state of its own.
struct Keys(HashMap<&'static str, (Caller, AtomicU32)>);

#[derive(Clone)]
struct Caller(&'static str);

impl Middleware for Keys {
    async fn handle(&self, mut request: Request, next: Next) -> Response {
        let key = request.headers().get("x-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
        let Some((caller, left)) = self.0.get(key) else {
            let problem = Problem::new(StatusCode::UNAUTHORIZED).header("www-authenticate", "Key");
            return problem.detail("send a key in the header field `x-key`").into_response();
        };
        if left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_err() {
            return StatusCode::TOO_MANY_REQUESTS.into_response();
        }
        request.extensions_mut().insert(caller.clone());
        next.run(request).await
    }
}

#[get("/")]
async fn index(Extension(caller): Extension<Caller>) -> String {
    format!("Hello, {}\n", caller.0)
}

#[squall::main]
async fn app() -> Application {
    let ann = ("1234", (Caller("Ann"), AtomicU32::new(3)));
    Application::new()
        .middleware(timing) // what comes first stands outermost: it times what is refused, too
        .middleware(Keys(HashMap::from([ann])))
        .provides::<Caller>()
}

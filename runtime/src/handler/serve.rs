//! The stages on a request's way: the verb itself, and what stands around it.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::StatusCode;

use crate::handler::HandlerFuture;
use crate::request::Request;
use crate::response::{IntoResponse, Problem, Response};

/// One stage: it answers a request, mostly by asking the next one.
pub trait Serve: Send + Sync + 'static {
    /// Begins to answer.
    fn serve(&self, request: Request) -> HandlerFuture;
}

/// A stage as others hold it.
pub type Stage = Arc<dyn Serve>;

/// Puts a stage around another, when the application is launched.
pub type Wrap = fn(Stage) -> Stage;

/// The verb: the innermost stage. Its panic ends here, so that the stages around it see the answer.
pub(crate) struct Verb(pub(crate) fn(Request) -> HandlerFuture);

impl Serve for Verb {
    fn serve(&self, request: Request) -> HandlerFuture {
        match catch_unwind(AssertUnwindSafe(|| (self.0)(request))) {
            Ok(future) => Box::pin(async move {
                match caught(future).await {
                    Ok(response) => response,
                    Err(panic) => panicked(panic.as_ref()),
                }
            }),
            Err(panic) => Box::pin(std::future::ready(panicked(panic.as_ref()))),
        }
    }
}

/// The result of a future, or its panic.
pub(crate) async fn caught<F: Future>(future: F) -> Result<F::Output, Box<dyn std::any::Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|cx: &mut Context<'_>| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// Left in the answer to a request whose handler panicked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panicked;

/// What a panic says, for the log.
pub(crate) fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let message = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    message.unwrap_or("no message")
}

/// A panic is the failure of one request: logged, answered with 500, and nothing else.
#[cold]
pub(crate) fn panicked(panic: &(dyn std::any::Any + Send)) -> Response {
    let cause = format!("a handler panicked: {}", panic_text(panic));
    let mut response = Problem::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by(cause).into_response();
    response.extensions_mut().insert(Panicked);
    response
}

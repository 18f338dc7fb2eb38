//! A failure on its way to the client: the problem, the value it was made of, and whether the log has it.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{Method, StatusCode};

use crate::request::RequestId;
use crate::response::{IntoResponse, Problem, Response};

/// How many bytes of a cause the log gets; what a client sent may stand in it, and may be large.
const LOGGED: usize = 4096;

/// Travels in the extensions of every answer that squall made of a failure.
#[derive(Clone)]
pub(crate) struct Raised {
    problem: Arc<Problem>,
    /// The rejection or the error itself.
    value: Option<Arc<dyn Any + Send + Sync>>,
    is_logged: Arc<AtomicBool>,
    /// How long the body is that was made of the problem.
    length: Option<u64>,
}

/// What a line of the log says about the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogContext<'a> {
    pub(crate) id: RequestId,
    pub(crate) method: &'a Method,
    /// The pattern of the route, where one was found.
    pub(crate) route: Option<&'a str>,
    /// The name of the handler, where one was found.
    pub(crate) handler: Option<&'a str>,
}

impl Raised {
    pub(crate) fn new(problem: Problem) -> Self {
        let problem = Arc::new(problem.checked());
        Self { problem, value: None, is_logged: Arc::default(), length: None }
    }

    /// Keeps the value that the problem was made of.
    pub(crate) fn with_value<E: Send + Sync + 'static>(mut self, value: E) -> Self {
        self.value = Some(Arc::new(value));
        self
    }

    /// Keeps an error both as the value and as the cause.
    pub(crate) fn with_error<E: StdError + Send + Sync + 'static>(mut self, error: E) -> Self {
        let error = Arc::new(error);
        self.problem = Arc::new((*self.problem).clone().caused_by_shared(Arc::clone(&error) as _));
        self.value = Some(error);
        self
    }

    /// The same failure under another status.
    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.problem = Arc::new((*self.problem).clone().with_status(status));
        self
    }

    pub(crate) fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The rejection or the error, where it is an `E`.
    pub(crate) fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        let problem: &dyn Any = &*self.problem;
        let faults = || self.problem.faults().and_then(|faults| (faults as &dyn Any).downcast_ref());
        let value = self.value.as_deref().and_then(|value| value.downcast_ref());
        value.or_else(faults).or_else(|| problem.downcast_ref())
    }

    /// Whether a response is still the one that was made of this failure.
    pub(super) fn is_untouched(&self, response: &Response) -> bool {
        let headers = response.headers();
        response.status() == self.problem.status()
            && headers.get(CONTENT_TYPE) == Some(&super::PROBLEM_JSON)
            && !headers.contains_key(CONTENT_ENCODING)
            && response.body().len() == self.length
    }

    /// Writes the line that belongs to the failure, the first time it is asked to: 5xx as an error with its cause,
    /// anything else for those who debug.
    pub(crate) fn log(&self, context: &LogContext<'_>) {
        if self.is_logged.swap(true, Ordering::Relaxed) {
            return;
        }
        let LogContext { id, method, route, handler } = context;
        let status = self.problem.status().as_u16();
        // Both are text fields, not the message: what ends a line is escaped in them.
        let cause = self.problem.source().map(chain);
        let cause = cause.as_deref();
        let detail = self.problem.detail_text();
        if status >= 500 {
            tracing::error!(%id, %method, route, handler, status, detail, cause, "a request failed");
        } else {
            tracing::debug!(%id, %method, route, handler, status, detail, cause, "a request was refused");
        }
    }
}

/// An error and what is behind it, in one text.
pub(crate) fn chain(error: &(dyn StdError + 'static)) -> String {
    let (mut text, mut next) = (String::new(), Some(error));
    while let Some(error) = next {
        next = error.source();
        let link = error.to_string();
        // Many errors repeat what is behind them.
        if !text.ends_with(&link) {
            text += if text.is_empty() { "" } else { ": " };
            text += &link;
        }
        if text.len() > LOGGED {
            let end = (0..=LOGGED).rev().find(|at| text.is_char_boundary(*at));
            text.truncate(end.unwrap_or_default());
            return text + "..";
        }
    }
    text
}

impl IntoResponse for Raised {
    fn into_response(mut self) -> Response {
        let mut response = self.problem.to_response();
        self.length = response.body().len();
        if let Some(faults) = self.problem.faults() {
            // So that faults of several extractors can become one answer.
            let faults = faults.clone();
            response.extensions_mut().insert(faults);
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl fmt::Debug for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Raised").field(&self.problem).finish()
    }
}

#[cfg(all(test, feature = "log"))]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no panic while it is held").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn is_logged_once_however_often_it_is_asked_to() {
        let raised = Raised::new(Problem::new(StatusCode::BAD_GATEWAY).caused_by("line one\nline two"));
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let id = RequestId::next();
        tracing::subscriber::with_default(subscriber, || {
            let context =
                LogContext { id, method: &Method::GET, route: Some("/items/{id}"), handler: Some("Item::show") };
            raised.log(&context);
            raised.clone().log(&context);
        });
        let text = String::from_utf8(log.0.lock().expect("no panic while it is held").clone()).expect("text");
        assert_eq!(text.lines().count(), 1, "{text}");
        for part in [&format!("id={id}"), "route=\"/items/{id}\"", "handler=\"Item::show\"", "line one\\nline two"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}

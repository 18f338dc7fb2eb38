//! What is served on one path.

use std::sync::Arc;

use http::header::{ALLOW, HeaderValue};
use http::{Method, StatusCode};

use crate::handler::{HandlerFuture, Serve as _, Stage, Verb};
use crate::request::{Matched, Request};
use crate::response::{IntoResponse as _, Response};

/// One path: a handler for each of its methods, or one service for all.
pub(super) struct Endpoint {
    methods: Vec<Entry>,
    any: Option<Entry>,
    allow: HeaderValue,
}

/// One method of an endpoint.
pub(super) struct Entry {
    pub(super) method: Method,
    pub(super) call: Call,
    pub(super) matched: Arc<Matched>,
    /// Where it stands among all routes.
    pub(super) number: usize,
}

/// How a route is called: at once, or through what stands around it.
pub(super) enum Call {
    Plain(fn(Request) -> HandlerFuture),
    Staged(Stage),
}

impl Entry {
    pub(super) fn call(&self, request: Request) -> HandlerFuture {
        match &self.call {
            Call::Plain(call) => call(request),
            Call::Staged(stage) => stage.serve(request),
        }
    }

    /// The same where somebody stands around it who should see the answer to a panic.
    pub(super) fn call_caught(&self, request: Request) -> HandlerFuture {
        match &self.call {
            Call::Plain(call) => Verb(*call).serve(request),
            Call::Staged(stage) => stage.serve(request),
        }
    }
}

impl Endpoint {
    pub(super) fn new(methods: Vec<Entry>) -> Self {
        let has = |method: &Method| methods.iter().any(|entry| entry.method == *method);
        let mut names: Vec<&str> = methods.iter().map(|entry| entry.method.as_str()).collect();
        if has(&Method::GET) && !has(&Method::HEAD) {
            names.push("HEAD");
        }
        if !has(&Method::OPTIONS) {
            names.push("OPTIONS");
        }
        names.sort_unstable();
        // Method names are tokens, so the list is a header value.
        let allow = HeaderValue::try_from(names.join(", ")).unwrap_or(HeaderValue::from_static("OPTIONS"));
        Self { methods, any: None, allow }
    }

    /// A service that is asked whatever the method is.
    pub(super) fn any(entry: Entry) -> Self {
        Self { methods: Vec::new(), any: Some(entry), allow: HeaderValue::from_static("") }
    }

    pub(super) fn find(&self, method: &Method) -> Option<&Entry> {
        let exact = |wanted: &Method| self.methods.iter().find(|entry| entry.method == *wanted);
        exact(method).or_else(|| if *method == Method::HEAD { exact(&Method::GET) } else { None }).or(self.any.as_ref())
    }

    /// The answer to a method that no handler answers.
    pub(super) fn refuse(&self, method: &Method) -> Response {
        let options = *method == Method::OPTIONS;
        let status = if options { StatusCode::NO_CONTENT } else { StatusCode::METHOD_NOT_ALLOWED };
        let mut response = status.into_response();
        response.headers_mut().insert(ALLOW, self.allow.clone());
        response
    }
}

//! The launched application: the hot path from a request to its answer.

use std::any::TypeId;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, Waker};

use http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, LOCATION};
use http::{Method, StatusCode, Version};

use crate::body::Body;
use crate::handler::{Dispatch, HandlerFuture, Route};
use crate::link::Link;
use crate::request::{BODY_LIMIT, Context, Params, Request, RequestId, Tasks};
use crate::response::{IntoResponse, LinkTarget, LogContext, Problem, Raised, Response, failed, rendered};
use crate::route::Router;

/// An application that passed the launch check.
pub(crate) struct App {
    pub(super) router: Router<Endpoint>,
    pub(super) prefixes: HashMap<TypeId, String>,
    /// The detached verbs that are running.
    pub(super) tasks: Tasks,
    /// Every route with its full path, sorted: for the tables.
    pub(crate) routes: Vec<(String, Route)>,
}

/// What is served on one path.
pub(super) struct Endpoint {
    methods: Vec<Entry>,
    allow: HeaderValue,
}

/// One method of an endpoint.
pub(super) struct Entry {
    pub(super) method: Method,
    pub(super) call: fn(Request) -> HandlerFuture,
    pub(super) context: Arc<Context>,
    pub(super) body_limit: Option<usize>,
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
        Self { methods, allow }
    }

    fn find(&self, method: &Method) -> Option<&Entry> {
        let exact = |wanted: &Method| self.methods.iter().find(|entry| entry.method == *wanted);
        exact(method).or_else(|| if *method == Method::HEAD { exact(&Method::GET) } else { None })
    }

    /// The answer to a method that no handler answers.
    fn refuse(&self, method: &Method) -> Response {
        let options = *method == Method::OPTIONS;
        let status = if options { StatusCode::NO_CONTENT } else { StatusCode::METHOD_NOT_ALLOWED };
        let mut response = status.into_response();
        response.headers_mut().insert(ALLOW, self.allow.clone());
        response
    }
}

impl App {
    /// The prefix of the mount that serves the link's handler.
    pub(crate) fn prefix(&self, link: &Link) -> &str {
        link.handler().and_then(|id| self.prefixes.get(&id)).map_or("", String::as_str)
    }

    /// Finds the handler and lets it run until it waits for the first time. User code runs here, so it may panic.
    ///
    /// Most handlers never wait, and are then done before the server looks for the next request: while the head of this
    /// one is alive, it would need a second buffer for that. A handler that waits leaves its waker when the server polls
    /// it, which it does next.
    fn start(&self, mut request: Request) -> Result<Response, HandlerFuture> {
        let mut params = Params::default();
        let Some(endpoint) = self.router.find(request.uri().path(), |range| params.push(&range)) else {
            let server_wide = *request.method() == Method::OPTIONS && request.uri().path() == "*";
            let status = if server_wide { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND };
            return Ok(status.into_response());
        };
        let Some(entry) = endpoint.find(request.method()) else {
            return Ok(endpoint.refuse(request.method()));
        };
        let limit = entry.body_limit.unwrap_or(BODY_LIMIT);
        request.matched(params, Arc::clone(&entry.context), limit);
        let is_alone = request.version() < Version::HTTP_2;
        let mut future = (entry.call)(request);
        if !is_alone {
            // Beside it on the connection are other streams, and each of them has a task of its own.
            return Err(future);
        }
        match future.as_mut().poll(&mut TaskContext::from_waker(Waker::noop())) {
            Poll::Ready(response) => Ok(response),
            Poll::Pending => Err(future),
        }
    }

    /// What the application still has to do to a handler's answer.
    fn finish(&self, mut response: Response, asked: &Asked) -> Response {
        let head = asked.method == Method::HEAD;
        if let Some(LinkTarget(link)) = response.extensions_mut().remove::<LinkTarget>() {
            let uri = link.uri(self.prefix(&link)).map(|uri| HeaderValue::try_from(uri.to_string()));
            match uri {
                Ok(Ok(location)) => {
                    response.headers_mut().insert(LOCATION, location);
                }
                other => {
                    let why = other.map(|_| "the address cannot be sent".to_owned());
                    response = failed("a redirect leads nowhere", why.unwrap_or_else(|error| error.to_string()));
                }
            }
        }
        if let Some(raised) = response.extensions().get::<Raised>().cloned() {
            let id = RequestId::next();
            raised.log(&LogContext { id, method: &asked.method, route: None, handler: None });
            response = rendered(response, asked.accept.as_ref(), id, false);
        }
        if response.headers().contains_key(CONTENT_LENGTH) {
            correct_length(&mut response, head);
        }
        match response.status() {
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT => {
                // These end with the head (RFC 9110 sections 15.3.5 and 15.3.6).
                response.headers_mut().remove(CONTENT_TYPE);
                response.headers_mut().remove(CONTENT_LENGTH);
                *response.body_mut() = Body::empty();
            }
            StatusCode::NOT_MODIFIED => *response.body_mut() = Body::empty(),
            _ if head => return without_body(response),
            _ => {}
        }
        response
    }
}

/// Takes out a length that the body does not have: the client would read what follows on the connection out of step.
#[cold]
fn correct_length(response: &mut Response, head: bool) {
    let Some(declared) = response.headers().get(CONTENT_LENGTH) else { return };
    let fits = match response.body().len() {
        // The answers to HEAD and 304 speak of a body that they do not have (RFC 9110 section 8.6).
        Some(0) if head || response.status() == StatusCode::NOT_MODIFIED => true,
        Some(length) => *declared == HeaderValue::from(length),
        None => declared.to_str().is_ok_and(|text| text.parse::<u64>().is_ok()),
    };
    if !fits {
        tracing::warn!(?declared, "a handler gave a content-length that its body does not have");
        response.headers_mut().remove(CONTENT_LENGTH);
    }
}

/// The answer to HEAD: the length of the body, and not the body (RFC 9110 section 9.3.2).
fn without_body(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    if let Some(length) = body.len() {
        head.headers.entry(CONTENT_LENGTH).or_insert_with(|| HeaderValue::from(length));
    }
    Response::from_parts(head, Body::empty())
}

impl Dispatch for App {
    type Answering = Dispatching;

    fn dispatch(self: &Arc<Self>, request: Request) -> Dispatching {
        let asked = Asked { method: request.method().clone(), accept: request.headers().get(ACCEPT).cloned() };
        let response = match catch_unwind(AssertUnwindSafe(|| self.start(request))) {
            Ok(Ok(response)) => response,
            Ok(Err(future)) => return Dispatching::Running { future, app: Arc::clone(self), asked },
            Err(panic) => panicked(panic.as_ref()),
        };
        Dispatching::Answered(Some(self.finish(response, &asked)))
    }

    fn settled(&self) -> impl Future<Output = ()> + Send {
        self.tasks.ended()
    }
}

/// What the answer has to know about the request.
pub(crate) struct Asked {
    method: Method,
    accept: Option<HeaderValue>,
}

/// A request on its way through its handler.
pub(crate) enum Dispatching {
    /// The handler waits for something.
    Running { future: HandlerFuture, app: Arc<App>, asked: Asked },
    /// It has ended; the answer is taken once.
    Answered(Option<Response>),
}

impl Future for Dispatching {
    type Output = Response;

    fn poll(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Response> {
        let answer = match &mut *self {
            // A future that has ended is not polled again.
            Self::Answered(answer) => return answer.take().map_or(Poll::Pending, Poll::Ready),
            Self::Running { future, app, asked } => {
                let response = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                    Ok(Poll::Pending) => return Poll::Pending,
                    Ok(Poll::Ready(response)) => response,
                    Err(panic) => panicked(panic.as_ref()),
                };
                app.finish(response, asked)
            }
        };
        *self = Self::Answered(None);
        Poll::Ready(answer)
    }
}

/// A panic is the failure of one request: logged, answered with 500, and nothing else.
#[cold]
fn panicked(panic: &(dyn std::any::Any + Send)) -> Response {
    let message = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let cause = format!("a handler panicked: {}", message.unwrap_or("no message"));
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by(cause).into_response()
}

//! The launched application: the hot path from a request to its answer.

use std::any::TypeId;
use std::collections::HashMap;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, Waker};

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, FORWARDED, HOST, HeaderValue, LOCATION, SET_COOKIE, VIA};
use http::{HeaderMap, Method, StatusCode, Version};

use crate::application::endpoint::Entry;
use crate::application::lifecycle::Lifecycle;
use crate::application::routing::Core;
use crate::body::Body;
use crate::handler::{Dispatch, HandlerFuture, Route, Stage, panicked};
use crate::link::Link;
use crate::request::{Request, RequestId, Shared};
use crate::response::{LinkTarget, LogContext, Raised, Response, failed, relax_for_loopback, rendered, with_line};

/// An application that passed the launch check.
pub(crate) struct App {
    pub(super) core: Arc<Core>,
    /// The application's own middleware around the routes, where it has any.
    pub(super) outer: Option<Stage>,
    pub(super) prefixes: HashMap<TypeId, String>,
    pub(super) shared: Shared,
    pub(super) lifecycle: Lifecycle,
    /// Every route with its full path, sorted: for the tables.
    pub(crate) routes: Vec<(String, Route)>,
}

impl App {
    /// The prefix of the mount that serves the link's handler.
    pub(crate) fn prefix(&self, link: &Link) -> &str {
        link.handler().and_then(|id| self.prefixes.get(&id)).map_or("", String::as_str)
    }

    /// Waits for the `#[finish]` functions that are running.
    pub(crate) async fn finished(&self) {
        self.shared.finishing.ended().await;
    }

    /// Begins to answer. Most handlers never wait, so the future is polled at once: the answer of such a one is there
    /// before the connection looks for the next request, for which it would need a second buffer while the head of this
    /// one is alive. A future that does wait gets no wake-up from this poll, and needs none: it is polled again when the
    /// server polls it, which it does next.
    fn start(&self, request: Request, asked: &mut Asked) -> Result<Response, HandlerFuture> {
        let is_alone = request.version() < Version::HTTP_2;
        let mut future = match &self.outer {
            None => match self.core.answer(request, &mut asked.route, Entry::call) {
                Ok(response) => return Ok(response),
                Err(future) => future,
            },
            Some(outer) => outer.serve(self.core.matched(request, &mut asked.route)),
        };
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
            let matched = asked.route.and_then(|number| self.core.matched.get(number));
            raised.log(&LogContext {
                id: asked.id,
                method: &asked.method,
                route: matched.map(|matched| matched.path.as_str()),
                handler: matched.map(|matched| matched.handler),
            });
            response = rendered(response, asked.accept.as_ref(), asked.id, false);
        }
        let (mut sets_cookies, mut has_length) = (false, false);
        // Most answers have one field or two: looking at each is less than looking one up.
        for name in response.headers().keys() {
            sets_cookies |= *name == SET_COOKIE;
            has_length |= *name == CONTENT_LENGTH;
        }
        if sets_cookies && asked.local_host.as_ref().is_some_and(is_loopback) {
            relax_for_loopback(response.headers_mut());
        }
        if has_length {
            correct_length(&mut response, head);
        }
        match response.status() {
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT => {
                // These end with the head (RFC 9110 sections 15.3.5 and 15.3.6).
                response.headers_mut().remove(CONTENT_TYPE);
                response.headers_mut().remove(CONTENT_LENGTH);
                drop_body(&mut response);
            }
            StatusCode::NOT_MODIFIED => drop_body(&mut response),
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
    body.forgo();
    Response::from_parts(head, Body::empty())
}

fn drop_body(response: &mut Response) {
    std::mem::take(response.body_mut()).forgo();
}

/// What of a request is still needed when its handler has had it.
pub(crate) struct Asked {
    method: Method,
    accept: Option<HeaderValue>,
    id: RequestId,
    /// The host that a client on this machine asked for: to a name of the machine itself a cookie may go over plain HTTP.
    local_host: Option<HeaderValue>,
    /// Which route it matched.
    route: Option<usize>,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let (mut accept, mut host) = (None, None);
        // One pass over a handful of fields costs less than two searches.
        for (name, value) in request.headers() {
            if *name == ACCEPT {
                accept = Some(with_line(accept, value));
            } else if *name == HOST && request.peer().is_some_and(|peer| peer.0.ip().is_loopback()) {
                host = Some(value.clone());
            }
        }
        if host.is_some() && is_forwarded(request.headers()) {
            // A proxy on this machine asked, mostly by the address it was told: its client is elsewhere.
            host = None;
        }
        if let Some(authority) = request.uri().authority().filter(|_| host.is_some()) {
            host = HeaderValue::try_from(authority.as_str()).ok();
        }
        Self { method: request.method().clone(), accept, id: request.id(), local_host: host, route: None }
    }
}

/// Whether a proxy says that it hands on what another asked.
fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        *name == FORWARDED || *name == VIA || name.as_str() == "x-real-ip" || name.as_str().starts_with("x-forwarded-")
    })
}

/// Whether a host is a name or an address of the machine itself.
fn is_loopback(host: &HeaderValue) -> bool {
    let host = host.to_str().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.ends_with(".localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl Dispatch for App {
    type Answering = Dispatching;

    fn dispatch(self: &Arc<Self>, request: Request) -> Dispatching {
        let mut asked = Asked::of(&request);
        let response = match catch_unwind(AssertUnwindSafe(|| self.start(request, &mut asked))) {
            Ok(Ok(response)) => response,
            Ok(Err(future)) => return Dispatching::Running { future, app: Arc::clone(self), asked },
            Err(panic) => panicked(panic.as_ref()),
        };
        Dispatching::Answered(Some(self.finish(response, &asked)))
    }

    fn stopping(&self) {
        self.shared.background.begin_stop();
    }

    fn settled(&self) -> impl Future<Output = ()> + Send {
        self.shared.settled()
    }
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

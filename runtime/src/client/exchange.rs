//! One request over TCP and its answer: connections, what is sent again, and what went wrong.

use std::sync::Mutex;
use std::time::Duration;

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, COOKIE, HeaderValue, RANGE, USER_AGENT};
use http::{Method, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client as Pool, Error as PoolError};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::body::Body;
use crate::client::Cookies;
use crate::client::base::speaks;
use crate::error::{Error, Result};
use crate::extract::rejection::BodyRejection;
use crate::extract::{READABLE, undo_coding};
use crate::response::Response;

/// How many bytes the head of an answer may have.
const HEAD: usize = 64 * 1024;

/// How long a connection that nobody uses is kept: less than the 75 s for which servers commonly keep it.
const IDLE: Duration = Duration::from_secs(60);

/// How many connections that nobody uses are kept for each origin.
const IDLE_CONNECTIONS: usize = 32;

/// How a client calls itself where the caller does not.
const AGENT: HeaderValue = HeaderValue::from_static(concat!("squall/", env!("CARGO_PKG_VERSION")));

/// The connections of a client.
pub(super) type Connections = Pool<HttpConnector, Body>;

/// No connection yet, and how they will be made.
pub(super) fn connections(http2: bool, connect_timeout: Duration) -> Connections {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(connect_timeout));
    Pool::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .http1_max_buf_size(HEAD)
        .http2_max_header_list_size(u32::try_from(HEAD).unwrap_or(u32::MAX))
        .http2_only(http2)
        .build(connector)
}

/// Sends a request and waits for the head of the answer; `jar` holds the cookies of this origin.
pub(super) async fn exchange(
    connections: &Connections,
    mut request: http::Request<Body>,
    jar: Option<&Mutex<Cookies>>,
) -> Result<Response> {
    let uri = request.uri().clone();
    if let Err(why) = uri.scheme().map_or(Err("it has no scheme"), speaks) {
        return Err(Error::answer(format!("{uri} cannot be called: {why}")));
    }
    let as_it_comes = request.headers().contains_key(ACCEPT_ENCODING);
    complete(&mut request, jar);
    let head_only = request.method() == Method::HEAD;
    let again = repetition(&request);
    let response = match connections.request(request).await {
        Err(error) if is_lost(&error) => match again {
            Some(again) => connections.request(again).await,
            None => Err(error),
        },
        result => result,
    };
    let response = response.map_err(|error| failed(&uri, error))?.map(Body::from);
    if let Some(jar) = jar {
        held(jar).keep(response.headers());
    }
    if as_it_comes || head_only || response.body().is_empty() { Ok(response) } else { decoded(response) }
}

/// Adds what the caller left open.
fn complete(request: &mut http::Request<Body>, jar: Option<&Mutex<Cookies>>) {
    let length = request.body().len();
    let headers = request.headers_mut();
    if length.is_some() {
        // It is counted from the body: a number that the caller wrote could only be wrong.
        headers.remove(CONTENT_LENGTH);
    }
    headers.entry(USER_AGENT).or_insert(AGENT);
    // Without the field, any coding would do (RFC 9110 section 12.5.3).
    // A part of what was encoded could not be decoded.
    let readable = if headers.contains_key(RANGE) { HeaderValue::from_static("identity") } else { READABLE };
    headers.entry(ACCEPT_ENCODING).or_insert(readable);
    if let Some(cookies) = jar.and_then(|jar| held(jar).field(headers.get_all(COOKIE))) {
        headers.insert(COOKIE, cookies);
    }
}

fn held(jar: &Mutex<Cookies>) -> std::sync::MutexGuard<'_, Cookies> {
    // A panic while it was held leaves whole cookies behind.
    jar.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The same request again, where it may be sent twice.
fn repetition(request: &http::Request<Body>) -> Option<http::Request<Body>> {
    if !request.method().is_idempotent() || !request.body().is_empty() {
        return None;
    }
    let mut again = http::Request::new(Body::empty());
    again.method_mut().clone_from(request.method());
    again.uri_mut().clone_from(request.uri());
    again.headers_mut().clone_from(request.headers());
    Some(again)
}

/// Whether the connection ended before an answer: mostly it was kept, and the server closed it at that moment.
fn is_lost(error: &PoolError) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    let mut cause = Some(error as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        let closed = error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message);
        let reset = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if closed || matches!(reset, Some(BrokenPipe | ConnectionAborted | ConnectionReset)) {
            return true;
        }
        cause = error.source();
    }
    false
}

fn failed(uri: &Uri, error: PoolError) -> Error {
    let site = uri.authority().map_or("", |authority| authority.as_str());
    if error.is_connect() {
        return Error::connect(format!("no connection to {site}"), error);
    }
    let what = match std::error::Error::source(&error).and_then(|source| source.downcast_ref::<hyper::Error>()) {
        Some(source) if source.is_parse_too_large() => "the head of the answer is too large",
        Some(source) if source.is_parse() => "the answer is no HTTP",
        Some(source) if source.is_user() => "the body of the request could not be sent",
        _ => "the connection ended before an answer",
    };
    Error::answer_broken(format!("{site}: {what}"), error)
}

/// The answer without its content coding: encoded bytes would pass for the content.
fn decoded(response: Response) -> Result<Response> {
    let (mut head, body) = response.into_parts();
    match undo_coding(&mut head.headers, body) {
        Ok(body) => Ok(Response::from_parts(head, body)),
        Err(BodyRejection::Read(error)) => Err(error.in_answer()),
        Err(BodyRejection::Encoding) => {
            let codings: Vec<_> = head.headers.get_all(CONTENT_ENCODING).iter().collect();
            Err(Error::answer(format!("the answer is encoded with {codings:?}, which was not asked for")))
        }
    }
}

//! From a request to its route.

use std::sync::Arc;

use http::header::{HOST, HeaderValue, LOCATION};
use http::{Method, StatusCode};

use crate::application::endpoint::{Endpoint, Entry};
use crate::handler::{HandlerFuture, Serve, Stage};
use crate::request::{Matched, Params, Request};
use crate::response::{IntoResponse as _, Response};
use crate::route::Router;
use crate::route::pattern::{HostPattern, Pattern, Segment};

/// What happens to a path with a slash too many or too few at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrailingSlash {
    /// It is another path: 404 where no handler has it.
    #[default]
    Strict,
    /// Where only the other form has a handler, the client is sent there: 301 for GET and HEAD, 308 otherwise. The query
    /// is kept.
    Redirect,
}

/// The routes, and what answers where there is none.
pub(super) struct Core {
    pub(super) router: Router<Endpoint>,
    /// The routes of scopes that name a host, the more exact form first.
    pub(super) hosts: Vec<(HostPattern, Router<Endpoint>)>,
    /// Every route, by the number that its entry has.
    pub(super) matched: Vec<Arc<Matched>>,
    /// What a request sees that matches nothing.
    pub(super) nothing: Arc<Matched>,
    pub(super) fallback: Option<Stage>,
    pub(super) trailing_slash: TrailingSlash,
}

impl Core {
    /// The answer where it is there at once, or its future: of the route, of the fallback, or a refusal.
    pub(super) fn answer(
        &self,
        mut request: Request,
        number: &mut Option<usize>,
        call: fn(&Entry, Request) -> HandlerFuture,
    ) -> Result<Response, HandlerFuture> {
        let mut params = Params::default();
        let endpoint = self.find(&request, request.uri().path(), &mut params);
        match endpoint.map(|endpoint| (endpoint, endpoint.find(request.method()))) {
            Some((_, Some(entry))) => {
                *number = Some(entry.number);
                request.set_matched(params, Arc::clone(&entry.matched));
                Err(call(entry, request))
            }
            Some((endpoint, None)) => Ok(endpoint.refuse(request.method())),
            None => self.unmatched(request),
        }
    }

    /// The request with its route, for the middleware around the routes. What that changes is looked at again.
    pub(super) fn matched(&self, mut request: Request, number: &mut Option<usize>) -> Request {
        let mut params = Params::default();
        let endpoint = self.find(&request, request.uri().path(), &mut params);
        match endpoint.and_then(|endpoint| endpoint.find(request.method())) {
            Some(entry) => {
                *number = Some(entry.number);
                request.set_matched(params, Arc::clone(&entry.matched));
            }
            None => request.set_matched(Params::default(), Arc::clone(&self.nothing)),
        }
        request
    }

    /// What serves a path: the routes of the host first, then those of any.
    fn find(&self, request: &Request, path: &str, params: &mut Params) -> Option<&Endpoint> {
        if !self.hosts.is_empty()
            && let Some(endpoint) = self.find_by_host(request, path, params)
        {
            return Some(endpoint);
        }
        self.router.find(path, |range| params.push(&range))
    }

    #[inline(never)]
    fn find_by_host(&self, request: &Request, path: &str, params: &mut Params) -> Option<&Endpoint> {
        let host = host_name(request)?;
        let mut routers = self.hosts.iter().filter(|(pattern, _)| pattern.matches(host));
        // A router that finds nothing tells of no parameter.
        routers.find_map(|(_, router)| router.find(path, |range| params.push(&range)))
    }

    #[cold]
    fn unmatched(&self, mut request: Request) -> Result<Response, HandlerFuture> {
        if *request.method() == Method::OPTIONS && request.uri().path() == "*" {
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        if let Some(elsewhere) = self.other_slash(&request) {
            return Ok(elsewhere);
        }
        match &self.fallback {
            Some(fallback) => {
                request.set_matched(Params::default(), Arc::clone(&self.nothing));
                Err(fallback.serve(request))
            }
            None => Ok(StatusCode::NOT_FOUND.into_response()),
        }
    }

    /// Where the path with the other end leads, if that is wanted and there is a handler.
    fn other_slash(&self, request: &Request) -> Option<Response> {
        let path = request.uri().path();
        if self.trailing_slash == TrailingSlash::Strict || path == "/" || !is_local(path) {
            return None;
        }
        let other = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
        let endpoint: &Endpoint = self.find(request, &other, &mut Params::default())?;
        let _: &Entry = endpoint.find(request.method())?;
        moved(request.method(), &other, request.uri().query())
    }
}

/// The name of the host that a request is for, without its port; none for an address in brackets.
fn host_name(request: &Request) -> Option<&str> {
    let authority = request.uri().authority().map(http::uri::Authority::host);
    let host = authority.or_else(|| {
        let text = request.headers().get(HOST)?.to_str().ok()?;
        text.split(':').next()
    })?;
    Some(host.strip_suffix('.').unwrap_or(host))
}

/// Whether no browser reads another site into a path: two slashes at its beginning name one, and a backslash is a slash to
/// them (WHATWG URL section 4.4).
fn is_local(path: &str) -> bool {
    !path.starts_with("//") && !path.starts_with("/\\")
}

/// The answer that a path has moved for good; 301 lets a POST become a GET, so only what is safe gets it
/// (RFC 9110 sections 15.4.2 and 15.4.9).
pub(super) fn moved(method: &Method, path: &str, query: Option<&str>) -> Option<Response> {
    let target = match query {
        Some(query) if path.contains('?') => format!("{path}&{query}"),
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let is_safe = *method == Method::GET || *method == Method::HEAD;
    let status = if is_safe { StatusCode::MOVED_PERMANENTLY } else { StatusCode::PERMANENT_REDIRECT };
    let location = HeaderValue::try_from(target).ok()?;
    let mut response = status.into_response();
    response.headers_mut().insert(LOCATION, location);
    Some(response)
}

/// What answers a path that has moved: `to` with the parameters of `from`. A query of `to` comes before that of the client.
pub(super) fn moved_by(from: &str, to: &str) -> Result<Stage, String> {
    let (to, query) = to.split_once('?').map_or((to, None), |(to, query)| (to, Some(query)));
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    if query.contains('#') || !query.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("{to}{query} has a query that cannot stand in an address"));
    }
    let read = |path: &str| {
        let faults = |faults: Vec<crate::route::pattern::PatternFault>| {
            let reasons: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            format!("{path} is no path: {}", reasons.join("; "))
        };
        Pattern::parse(path).map_err(faults)
    };
    let (from_pattern, to_pattern) = (read(from)?, read(to)?);
    let names: Vec<&str> = from_pattern.parameters().collect();
    let pieces: Result<Vec<Piece>, String> = to_pattern
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => Ok(Piece::Text(text.clone())),
            Segment::Parameter(name) | Segment::Tail(name) => names
                .iter()
                .position(|known| known == name)
                .map(Piece::Parameter)
                .ok_or_else(|| format!("{to} has a parameter `{name}` that {from} has not")),
        })
        .collect();
    Ok(Arc::new(MovedTo { pieces: pieces?, query }))
}

enum Piece {
    Text(String),
    Parameter(usize),
}

struct MovedTo {
    pieces: Vec<Piece>,
    /// With its question mark; empty for none.
    query: String,
}

impl Serve for MovedTo {
    fn serve(&self, request: Request) -> HandlerFuture {
        let path = request.uri().path();
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            // Still encoded, as it came.
            Piece::Parameter(index) => request.params().text(path, *index).unwrap_or_default().to_owned(),
        };
        let target: String = self.pieces.iter().map(|piece| format!("/{}", text(piece))).collect();
        // A tail may begin with a slash.
        let target = is_local(&target).then(|| target + &self.query);
        let answer = target.and_then(|target| moved(request.method(), &target, request.uri().query()));
        Box::pin(std::future::ready(answer.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())))
    }
}

/// The routes as the innermost stage of the application's middleware.
pub(super) struct Routed(pub(super) Arc<Core>);

impl Serve for Routed {
    fn serve(&self, request: Request) -> HandlerFuture {
        match self.0.answer(request, &mut None, Entry::call_caught) {
            Ok(response) => Box::pin(std::future::ready(response)),
            Err(future) => future,
        }
    }
}

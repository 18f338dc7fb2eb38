//! Raw hyper: the baseline. Nothing stands above it, and it takes its inputs apart by hand.

use std::convert::Infallible;
use std::future;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use matchit::Router;
use serde::Serialize;

use super::{Stop, on_one_thread};
use crate::Result;
use crate::endpoints::{Greeting, Post, RESOURCES};

/// As squall sets it.
const HEAD_LIMIT: usize = 64 * 1024;

// Constants, or each answer would check their bytes again.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

type Answer = Response<Full<Bytes>>;

/// What stands behind a pattern.
#[derive(Clone, Copy)]
enum Route {
    Post,
    List,
    Sub,
}

/// Serves until `stop`.
pub(super) fn serve(listener: TcpListener, stop: Stop) -> Result<()> {
    on_one_thread(listener, |listener| accept(listener, stop))
}

async fn accept(listener: tokio::net::TcpListener, stop: Stop) -> Result<()> {
    let routes = Arc::new(routes()?);
    let mut stop = pin!(stop.requested());
    loop {
        let (stream, _) = tokio::select! {
            () = &mut stop => return Ok(()),
            accepted = listener.accept() => accepted?,
        };
        stream.set_nodelay(true)?;
        let routes = Arc::clone(&routes);
        let service = service_fn(move |request| future::ready(Ok::<_, Infallible>(answer(&routes, &request))));
        // Ends with its connection, at the latest with the runtime of this peer.
        tokio::spawn(http1::Builder::new().max_header_size(HEAD_LIMIT).serve_connection(TokioIo::new(stream), service));
    }
}

fn routes() -> Result<Router<Route>> {
    let mut routes = Router::new();
    routes.insert("/users/{id}/posts/{post_id}", Route::Post)?;
    for n in 0..RESOURCES {
        routes.insert(format!("/api/v1/res{n}"), Route::List)?;
        routes.insert(format!("/api/v1/res{n}/{{id}}/sub"), Route::Sub)?;
    }
    Ok(routes)
}

fn answer(routes: &Router<Route>, request: &Request<Incoming>) -> Answer {
    if request.method() != Method::GET {
        return refuse(StatusCode::METHOD_NOT_ALLOWED);
    }
    match request.uri().path() {
        "/plaintext" => text("Hello, World!"),
        "/json" => json(&Greeting { message: "Hello, World!" }),
        path => match routes.at(path) {
            Ok(found) => match found.value {
                Route::Post => post(&found.params, request.uri().query())
                    .map_or_else(|| refuse(StatusCode::BAD_REQUEST), |post| json(&post)),
                Route::List => text("list"),
                Route::Sub => match number(&found.params, "id") {
                    Some(_) => text("sub"),
                    None => refuse(StatusCode::BAD_REQUEST),
                },
            },
            Err(_) => refuse(StatusCode::NOT_FOUND),
        },
    }
}

fn post(params: &matchit::Params<'_, '_>, query: Option<&str>) -> Option<Post> {
    let verbose = query?.split('&').find_map(|pair| pair.strip_prefix("verbose="))?;
    Some(Post { id: number(params, "id")?, post_id: number(params, "post_id")?, verbose: verbose.parse().ok()? })
}

fn number(params: &matchit::Params<'_, '_>, name: &str) -> Option<u64> {
    params.get(name)?.parse().ok()
}

fn text(body: &'static str) -> Answer {
    with_type(TEXT, Bytes::from_static(body.as_bytes()))
}

fn json(value: &impl Serialize) -> Answer {
    match serde_json::to_vec(value) {
        Ok(body) => with_type(JSON, body.into()),
        Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn with_type(media_type: HeaderValue, body: Bytes) -> Answer {
    let mut answer = Response::new(Full::new(body));
    answer.headers_mut().insert(CONTENT_TYPE, media_type);
    answer
}

fn refuse(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

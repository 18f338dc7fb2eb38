//! One connection: which protocol it speaks, its requests, and its end.

use std::convert::Infallible;
use std::future::poll_fn;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::handler::Dispatch;
use crate::request::{Peer, Request};
use crate::server::prefixed::Prefixed;

/// What an HTTP/2 client that knows its server sends first (RFC 9113 section 3.4).
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The largest head that is read: the rest of the limits will stand beside it.
const HEAD_LIMIT: u32 = 64 * 1024;

/// Serves one connection until either side ends it; after the stop, until the requests that have begun are answered.
pub(super) async fn serve<D: Dispatch>(
    stream: TcpStream,
    peer: Peer,
    app: Arc<D>,
    mut stopping: watch::Receiver<bool>,
) {
    // Small answers must not wait for more.
    let _ = stream.set_nodelay(true);
    let mut stream = Prefixed::new(stream);
    let is_http2 = tokio::select! {
        is_http2 = begins_http2(&mut stream) => is_http2,
        // Nothing was asked yet, so nobody is left without an answer.
        () = stop_asked(&mut stopping) => return,
    };
    let Ok(is_http2) = is_http2 else { return };
    let service = service_fn(move |request: http::Request<Incoming>| {
        let (head, body) = request.into_parts();
        let mut request = Request::new(head, body);
        request.set_peer(peer);
        let answer = app.dispatch(request);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let io = TokioIo::new(stream);
    // hyper writes to the log itself; what ends here is a peer that left or broke the protocol.
    macro_rules! drive {
        ($connection:expr) => {{
            let mut connection = std::pin::pin!($connection);
            let flag = stopping.clone();
            let mut stop = std::pin::pin!(stop_asked(&mut stopping));
            let (mut is_registered, mut is_told) = (false, false);
            // A `select!` would ask for the stop at every wake-up. The task's waker never changes, so it is enough to
            // leave it once; from then on a look at the version is all.
            let ended = poll_fn(|cx| {
                if !is_registered {
                    is_registered = true;
                    let _ = stop.as_mut().poll(cx);
                }
                if !is_told && flag.has_changed().unwrap_or(true) {
                    is_told = true;
                    connection.as_mut().graceful_shutdown();
                }
                connection.as_mut().poll(cx)
            })
            .await;
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
        }};
    }
    if is_http2 {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.timer(TokioTimer::new()).max_concurrent_streams(200).max_header_list_size(HEAD_LIMIT);
        drive!(builder.serve_connection(io, service));
    } else {
        let mut builder = http1::Builder::new();
        builder.max_header_size(HEAD_LIMIT as usize);
        drive!(builder.serve_connection(io, service));
    }
}

/// Waits for the stop, also when the server itself has gone.
async fn stop_asked(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// Reads until the bytes differ from the preface of HTTP/2 or are all of it; they are kept for the protocol.
async fn begins_http2(stream: &mut Prefixed<TcpStream>) -> std::io::Result<bool> {
    let mut read = [0; PREFACE.len()];
    let mut length = 0;
    while length < PREFACE.len() && read[..length] == PREFACE[..length] {
        match stream.inner().read(&mut read[length..]).await? {
            0 => break,
            more => length += more,
        }
    }
    stream.put_back(&read[..length]);
    Ok(read[..length] == PREFACE[..])
}

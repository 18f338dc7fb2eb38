//! Bodies that come piece by piece: how they end, how they break off, and that nobody is run over.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use squall::http::Request;
use squall::testing::TestClient;
use squall::{Application, Body, Bytes, HeaderMap, IntoResponse, State, get};
use squall_tests::{Leaving, Server, Stage, within};
use tokio::net::TcpStream;

/// A stream of what an iterator gives.
struct Items<I>(I);

impl<I: Iterator + Unpin> Stream for Items<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}

#[get("/whole")]
async fn whole() -> Body {
    Body::from_stream(Items(["one ", "", "two"].into_iter()))
}

#[get("/owned")]
async fn owned() -> Body {
    Body::from_stream(Items((0..3_u8).map(|at| Ok::<_, std::io::Error>(vec![b'0' + at]))))
}

#[get("/nothing")]
async fn nothing() -> Body {
    Body::from_stream(Items(std::iter::empty::<String>()))
}

#[get("/error")]
async fn breaks() -> Body {
    Body::from_stream(Items([Ok("part"), Err("secret of the database"), Ok("never sent")].into_iter()))
}

#[get("/panic")]
async fn panics() -> Body {
    Body::from_stream(Items((0..3).map(|at| if at < 1 { "part" } else { panic!("in the middle of a stream") })))
}

/// Gives one piece, then waits for ever.
struct Waiting {
    piece: Option<&'static str>,
    _leaving: Leaving,
}

impl Stream for Waiting {
    type Item = &'static str;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<&'static str>> {
        self.piece.take().map_or(Poll::Pending, |piece| Poll::Ready(Some(piece)))
    }
}

#[get("/waits")]
async fn waits(stage: State<Stage>) -> Body {
    Body::from_stream(Waiting { piece: Some("part"), _leaving: stage.tell_on_drop("left") })
}

const PIECE: usize = 64 * 1024;
const PIECES: usize = 2048;

/// 128 MiB, made while they are sent.
#[get("/large")]
async fn large(made: State<Arc<AtomicUsize>>) -> Body {
    Body::from_stream(Items((0..PIECES).map(move |_| {
        made.fetch_add(1, Ordering::Relaxed);
        vec![b'x'; PIECE]
    })))
}

#[get("/pushed")]
async fn pushed(#[query] end: String, stage: State<Stage>) -> Body {
    let (sender, body) = Body::channel(0);
    tokio::spawn(async move {
        sender.send("one ").await.expect("the client reads");
        sender.send(String::from("two")).await.expect("the client reads");
        match end.as_str() {
            "finish" => sender.finish().await.expect("the client reads"),
            "drop" => drop(sender),
            "fail" => sender.fail("no more").await,
            "panic" => panic!("while it pushes"),
            _ => {
                stage.tell("pushed");
                sender.closed().await;
                let error = sender.send("three").await.expect_err("the client has gone");
                assert!(error.is_body(), "{error:?}");
                stage.tell("gone");
            }
        }
    });
    body
}

fn trailers() -> HeaderMap {
    let mut trailers = HeaderMap::new();
    trailers.insert("x-checksum", "5d41".parse().expect("a value"));
    trailers
}

#[get("/trailers")]
async fn trailed(#[query] pushed: bool) -> impl IntoResponse {
    let body = if pushed {
        let (sender, body) = Body::channel(2);
        sender.send("hello").await.expect("there is room");
        sender.finish_with(trailers()).await.expect("there is room");
        body
    } else {
        Body::from("hello").with_trailers(async { trailers() })
    };
    ([("trailer", "x-checksum")], body)
}

async fn start() -> Server {
    let (stage, _) = Stage::new();
    Server::start(Application::new().state(stage).state(Arc::new(AtomicUsize::new(0)))).await
}

async fn raw(server: &Server, request: &str) -> String {
    let mut wire = server.connect().await;
    wire.send(request).await;
    String::from_utf8(wire.rest().await).expect("text")
}

/// What an HTTP/2 client gets: the body and its trailers, or why it was reset.
async fn over_http2(server: &Server, path: &str) -> hyper::Result<(String, Option<HeaderMap>)> {
    let stream = within("a connection", TcpStream::connect(server.address())).await.expect("nobody listens");
    let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut send, connection) = within("a handshake", handshake).await.expect("HTTP/2");
    let connection = tokio::spawn(connection);
    let request = Request::get(format!("http://127.0.0.1{path}")).body(Empty::<Bytes>::new()).expect("a request");
    let response = within("an answer", send.send_request(request)).await?;
    assert_eq!(response.status(), 200);
    let collected = within("a body", response.into_body().collect()).await;
    connection.abort();
    let collected = collected?;
    let trailers = collected.trailers().cloned();
    Ok((String::from_utf8(collected.to_bytes().into()).expect("text"), trailers))
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks() {
    let server = start().await;
    let mut wire = server.connect().await;
    for (path, want) in [("/whole", "one two"), ("/owned", "012"), ("/nothing", ""), ("/pushed?end=finish", "one two")]
    {
        let reply = wire.ask("GET", path, "").await;
        assert_eq!((reply.status, reply.header("transfer-encoding")), (200, Some("chunked")), "{path}");
        assert_eq!((reply.text(), reply.header("content-length")), (want, None), "{path}");
        assert_eq!(over_http2(&server, path).await.expect("whole").0, want, "{path}");
    }
}

#[tokio::test]
async fn an_old_client_reads_up_to_the_end_of_the_connection() {
    let server = start().await;
    let text = raw(&server, "GET /whole HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").await;
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    assert_eq!(body, "one two");
    assert!(!head.to_ascii_lowercase().contains("transfer-encoding"), "{head}");
}

#[tokio::test]
async fn what_breaks_off_never_looks_whole() {
    let server = start().await;
    // The reset may overtake the head.
    for (path, want) in [
        ("/error", "4\r\npart\r\n"),
        ("/panic", "4\r\npart\r\n"),
        ("/pushed?end=drop", "4\r\none \r\n3\r\ntwo\r\n"),
        ("/pushed?end=fail", "4\r\none \r\n3\r\ntwo\r\n"),
        ("/pushed?end=panic", "4\r\none \r\n3\r\ntwo\r\n"),
    ] {
        let text = raw(&server, &format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        // What was not written yet when it broke off may be missing; the last chunk always is.
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        assert!(head.is_empty() || head.starts_with("HTTP/1.1 200"), "{path}: {text}");
        assert!(want.starts_with(body), "{path}: {text}");
        let reset = over_http2(&server, path).await.expect_err("reset");
        assert!(format!("{reset:?}").contains("Reset"), "{path}: {reset:?}");
    }
    assert_eq!(server.ask("GET", "/whole").await.text(), "one two", "the server lives");
}

#[tokio::test]
async fn the_part_before_the_break_arrives() {
    let server = start().await;
    let mut wire = server.connect().await;
    wire.send("GET /pushed?end=wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(wire.reply_without_body().await.status, 200);
    assert_eq!(wire.take(17).await, b"4\r\none \r\n3\r\ntwo\r\n");
}

#[tokio::test]
async fn a_stream_is_not_asked_faster_than_the_client_reads() {
    let made = Arc::new(AtomicUsize::new(0));
    let (stage, _) = Stage::new();
    let server = Server::start(Application::new().state(stage).state(Arc::clone(&made))).await;
    let mut wire = server.connect().await;
    wire.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(wire.reply_without_body().await.status, 200);
    // Until nothing moves any more: what the sockets and the server hold is full.
    let mut before = usize::MAX;
    while before != made.load(Ordering::Relaxed) {
        before = made.load(Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(before < PIECES / 4, "{before} of {PIECES} pieces were made for a client that does not read");
    let mut read = 0;
    while read < PIECES {
        // Each piece is one chunk: its size, a line break, the bytes, a line break.
        let chunk = wire.take(5 + 2 + PIECE + 2).await;
        assert_eq!(&chunk[..7], b"10000\r\n");
        read += 1;
    }
    assert_eq!(wire.take(5).await, b"0\r\n\r\n");
    assert_eq!(made.load(Ordering::Relaxed), PIECES);
}

#[tokio::test]
async fn a_client_that_leaves_ends_the_stream() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::new().state(stage).state(Arc::new(AtomicUsize::new(0)))).await;
    let mut wire = server.connect().await;
    wire.send("GET /waits HTTP/1.1\r\nHost: a\r\n\r\n").await;
    wire.reply_without_body().await;
    assert_eq!(events.waiting(), None);
    drop(wire);
    assert_eq!(events.next().await, "left");

    let mut wire = server.connect().await;
    wire.send("GET /pushed?end=wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "pushed");
    drop(wire);
    assert_eq!(events.next().await, "gone");
}

#[tokio::test]
async fn head_is_answered_without_the_stream() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::new().state(stage).state(Arc::new(AtomicUsize::new(0)))).await;
    let mut wire = server.connect().await;
    for path in ["/waits", "/whole"] {
        let head = wire.ask("HEAD", path, "").await;
        assert_eq!((head.status, head.header("content-length")), (200, None), "{path}");
    }
    assert_eq!(events.next().await, "left");
    assert_eq!(wire.ask("GET", "/whole", "").await.text(), "one two", "nothing stands between");
}

#[tokio::test]
async fn trailers_come_behind_the_body() {
    let server = start().await;
    for path in ["/trailers?pushed=false", "/trailers?pushed=true"] {
        let ask = |te: &str| format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close{te}\r\n\r\n");
        let text = raw(&server, &ask(", te\r\nTE: trailers")).await;
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains("\r\ntrailer: x-checksum"), "{head}");
        assert_eq!(body, "5\r\nhello\r\n0\r\nx-checksum: 5d41\r\n\r\n", "{path}");
        let text = raw(&server, &ask("")).await;
        assert!(text.ends_with("5\r\nhello\r\n0\r\n\r\n"), "who did not ask for trailers gets none: {text}");
        let (text, got) = over_http2(&server, path).await.expect("whole");
        assert_eq!((text.as_str(), got), ("hello", Some(trailers())), "{path}");
    }
}

#[tokio::test]
async fn in_memory_a_stream_is_the_same() -> squall::Result<()> {
    let (stage, _) = Stage::new();
    let client = TestClient::new(Application::new().state(stage).state(Arc::new(AtomicUsize::new(0))));
    assert_eq!(client.get(whole {}).await?.text()?, "one two");
    assert!(client.get(breaks {}).await.expect_err("it breaks off").is_body());
    assert!(client.get(panics {}).await.expect_err("it breaks off").is_body());
    Ok(())
}

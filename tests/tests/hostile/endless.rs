//! Answers that never end: they hold no thread, fill no memory, and end when their client leaves.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use squall::{Application, Body, Event, File, Sse, State, StatusCode, get};
use squall_tests::{Leaving, Server, Stage};

/// The same piece for ever, always ready; counted.
struct Endless<T: Copy> {
    piece: T,
    made: Arc<AtomicUsize>,
    _leaving: Leaving,
}

impl<T: Copy + Unpin> Stream for Endless<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        self.made.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Some(self.piece))
    }
}

type Made = Arc<AtomicUsize>;

fn endless<T: Copy>(piece: T, made: &State<Made>, stage: &State<Stage>) -> Endless<T> {
    Endless { piece, made: Arc::clone(made), _leaving: stage.tell_on_drop("stream left") }
}

#[get("/empty", register = false)]
async fn empty(made: State<Made>, stage: State<Stage>) -> Body {
    Body::from_stream(endless("", &made, &stage))
}

#[get("/full", register = false)]
async fn full(made: State<Made>, stage: State<Stage>) -> Body {
    static PIECE: [u8; 16 * 1024] = [b'x'; 16 * 1024];
    Body::from_stream(endless(&PIECE[..], &made, &stage))
}

/// An event that takes no room to make.
#[derive(Clone, Copy)]
struct Tick;

impl squall::IntoEvent for Tick {
    fn into_event(self) -> Result<Event, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Event::new().data("x".repeat(1000)))
    }
}

#[get("/events", register = false)]
async fn events(made: State<Made>, stage: State<Stage>) -> Sse {
    Sse::new(endless(Tick, &made, &stage))
}

#[get("/file", register = false)]
async fn file() -> squall::Result<File> {
    File::open("Cargo.toml").await
}

/// A body with a status that has none.
#[get("/none/{status}", register = false)]
async fn none(status: u16, made: State<Made>, stage: State<Stage>) -> (StatusCode, Body) {
    (StatusCode::from_u16(status).expect("a status"), Body::from_stream(endless("never", &made, &stage)))
}

#[get("/fine", register = false)]
async fn fine() -> &'static str {
    "fine"
}

async fn start() -> (Server, Made, squall_tests::Events) {
    let (stage, told) = Stage::new();
    let made = Made::default();
    let app = Application::empty()
        .handler::<empty>()
        .handler::<full>()
        .handler::<events>()
        .handler::<file>()
        .handler::<none>()
        .handler::<fine>()
        .state(Arc::clone(&made))
        .state(stage);
    (Server::start(app).await, made, told)
}

/// One thread serves all of this: a stream of nothing must not hold it.
#[tokio::test]
async fn a_stream_of_nothing_holds_no_thread() {
    let (server, made, mut told) = start().await;
    let mut wire = server.connect().await;
    wire.send("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(wire.reply_without_body().await.status, 200);
    for _ in 0..20 {
        assert_eq!(server.ask("GET", "/fine").await.text(), "fine");
    }
    assert!(made.load(Ordering::Relaxed) > 0);
    drop(wire);
    assert_eq!(told.next().await, "stream left");
}

/// A client that asks and never reads: the answer is made as far as the sockets hold it, and no further.
#[tokio::test]
async fn a_client_that_never_reads_fills_no_memory() {
    for (path, size, most) in [("/full", 16 * 1024, 32 << 20), ("/events", 1000, 32 << 20)] {
        let (server, made, mut told) = start().await;
        let mut wire = server.connect().await;
        wire.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        assert_eq!(wire.reply_without_body().await.status, 200);
        let mut before = 0;
        while before == 0 || before != made.load(Ordering::Relaxed) {
            before = made.load(Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(before * size < most, "{path}: {before} pieces of {size} bytes for nobody");
        assert_eq!(server.ask("GET", "/fine").await.text(), "fine");
        drop(wire);
        assert_eq!(told.next().await, "stream left", "{path}");
    }
}

/// HEAD, and statuses without a body: the stream is dropped unread, and the next answer is in its place.
#[tokio::test]
async fn what_has_no_body_is_not_asked_for_one() {
    let (server, made, mut told) = start().await;
    let mut wire = server.connect().await;
    for path in ["/empty", "/full", "/events", "/none/200"] {
        assert_eq!(wire.ask("HEAD", path, "").await.status, 200, "{path}");
        assert_eq!(told.next().await, "stream left", "{path}");
    }
    let file = wire.ask("HEAD", "/file", "").await;
    assert_eq!(file.header("content-length"), wire.ask("GET", "/file", "").await.header("content-length"));
    for status in ["204", "304", "205"] {
        for method in ["GET", "HEAD"] {
            let reply = wire.ask(method, &format!("/none/{status}"), "").await;
            assert_eq!((reply.line.contains(status), reply.body.len()), (true, 0), "{method} {status}");
            assert_eq!(told.next().await, "stream left", "{method} {status}");
        }
    }
    assert_eq!(wire.ask("GET", "/fine", "").await.text(), "fine");
    assert_eq!(made.load(Ordering::Relaxed), 0, "nobody asked a stream");
}

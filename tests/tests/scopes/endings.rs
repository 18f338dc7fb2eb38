//! `#[finish]` runs exactly once, whatever becomes of the request.

use std::sync::atomic::AtomicU32;

use squall::http_body_util::StreamBody;
use squall::{Application, Body, Bytes, Outcome, State, StatusCode, get, handler, scope};
use squall_tests::{Events, Server, Stage, Wire};

#[scope("/ends")]
struct Ends;

#[scope]
impl Ends {
    #[finish]
    async fn told(&self, outcome: &Outcome, stage: State<Stage>) {
        let status = outcome.status();
        stage.tell(match (outcome.gone(), outcome.panicked(), outcome.broken()) {
            (true, _, _) if status.is_none() => "scope: gone before an answer",
            (true, _, _) => "scope: gone",
            (_, true, _) if status == Some(StatusCode::INTERNAL_SERVER_ERROR) => "scope: panicked, 500",
            (_, true, _) => "scope: panicked",
            (_, _, true) => "scope: broken",
            _ if outcome.bytes() == 4 => "scope: four bytes",
            _ => "scope: whole",
        });
    }
}

#[handler("/waits", in = Ends)]
struct Waits;

#[handler]
impl Waits {
    #[get]
    async fn wait(&self, stage: State<Stage>) -> &'static str {
        let _leaving = stage.tell_on_drop("dropped");
        stage.tell("begun");
        stage.wait().await;
        "done"
    }

    #[finish]
    async fn told(&self, outcome: &Outcome, stage: State<Stage>) {
        stage.tell(if outcome.gone() { "handler: gone" } else { "handler: whole" });
    }
}

#[handler("/panics", in = Ends)]
struct Panics;

#[handler]
impl Panics {
    #[get]
    async fn panics(&self) -> &'static str {
        panic!("on purpose")
    }

    #[finish]
    async fn told(&self, outcome: &Outcome, stage: State<Stage>) {
        let is_500 = outcome.status() == Some(StatusCode::INTERNAL_SERVER_ERROR);
        stage.tell(if outcome.panicked() && is_500 { "handler: panicked, 500" } else { "handler: something else" });
    }
}

#[get("/four", in = Ends)]
async fn four() -> &'static str {
    "four"
}

/// Sends a piece, and then nothing more, or an error.
#[get("/stream", in = Ends)]
async fn stream(#[query] fail: Option<bool>, stage: State<Stage>) -> Body {
    let mut sent = AtomicU32::new(0);
    let leaving = stage.tell_on_drop("stream dropped");
    let fail = fail.unwrap_or(false);
    let pieces = std::future::poll_fn(move |_| {
        let _ = &leaving;
        std::task::Poll::<()>::Pending
    });
    let mut pieces = Box::pin(pieces);
    let frames = Frames(move |cx: &mut std::task::Context<'_>| match std::mem::replace(sent.get_mut(), 1) {
        0 => std::task::Poll::Ready(Some(Ok(Bytes::from("piece")))),
        _ if fail => std::task::Poll::Ready(Some(Err(std::io::Error::other("no more")))),
        _ => pieces.as_mut().poll(cx).map(|()| None),
    });
    Body::new(StreamBody::new(frames))
}

struct Frames<F>(F);

impl<F> futures_core::Stream for Frames<F>
where
    F: FnMut(&mut std::task::Context<'_>) -> std::task::Poll<Option<std::io::Result<Bytes>>> + Unpin,
{
    type Item = std::io::Result<http_body::Frame<Bytes>>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        (self.0)(cx).map(|piece| piece.map(|piece| piece.map(http_body::Frame::data)))
    }
}

async fn start() -> (Server, Stage, Events) {
    let (stage, events) = Stage::new();
    let app = Application::empty()
        .handler::<Waits>()
        .handler::<Panics>()
        .handler::<four>()
        .handler::<stream>()
        .state(stage.clone());
    (Server::start(app).await, stage, events)
}

/// Reads up to a text that must come.
async fn until(wire: &mut Wire, text: &str) {
    let mut read = Vec::new();
    while !read.ends_with(text.as_bytes()) {
        read.extend(wire.take(1).await);
    }
}

/// The stop waits for every `#[finish]`, so there is no more of them than were seen.
async fn nothing_more(mut server: Server, mut events: Events) {
    server.stop();
    server.ended().await;
    assert_eq!(events.waiting(), None);
}

#[tokio::test]
async fn when_the_answer_is_whole() {
    let (server, stage, mut events) = start().await;
    let mut wire = server.connect().await;
    assert_eq!(wire.ask("GET", "/ends/four", "").await.status, 200);
    assert_eq!(events.next().await, "scope: four bytes");
    stage.open(1);
    assert_eq!(wire.ask("GET", "/ends/waits", "").await.status, 200);
    for event in ["begun", "dropped", "handler: whole", "scope: four bytes"] {
        assert_eq!(events.next().await, event);
    }
    // HEAD drops the body, and that is no break.
    wire.send("HEAD /ends/four HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert_eq!(wire.reply_without_body().await.status, 200);
    assert_eq!(events.next().await, "scope: whole");
    nothing_more(server, events).await;
}

#[tokio::test]
async fn when_the_client_leaves_before_the_answer() {
    let (server, _stage, mut events) = start().await;
    let mut wire = server.connect().await;
    wire.send("GET /ends/waits HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(wire);
    for event in ["dropped", "handler: gone", "scope: gone before an answer"] {
        assert_eq!(events.next().await, event);
    }
    nothing_more(server, events).await;
}

#[tokio::test]
async fn when_the_client_leaves_in_the_answer() {
    let (server, _stage, mut events) = start().await;
    let mut wire = server.connect().await;
    wire.send("GET /ends/stream HTTP/1.1\r\nhost: a\r\n\r\n").await;
    until(&mut wire, "piece").await;
    drop(wire);
    for event in ["stream dropped", "scope: gone"] {
        assert_eq!(events.next().await, event);
    }
    nothing_more(server, events).await;
}

#[tokio::test]
async fn when_the_body_fails() {
    let (server, _stage, mut events) = start().await;
    let mut wire = server.connect().await;
    wire.send("GET /ends/stream?fail=true HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut told = [events.next().await, events.next().await];
    told.sort_unstable();
    assert_eq!(told, ["scope: broken", "stream dropped"]);
    nothing_more(server, events).await;
}

#[tokio::test]
async fn when_the_handler_panics() {
    let (server, _stage, mut events) = start().await;
    let mut wire = server.connect().await;
    assert_eq!(wire.ask("GET", "/ends/panics", "").await.status, 500);
    assert_eq!(events.next().await, "handler: panicked, 500");
    assert_eq!(events.next().await, "scope: panicked, 500");
    nothing_more(server, events).await;
}

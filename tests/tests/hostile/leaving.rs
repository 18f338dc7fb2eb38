//! Clients that leave, at every stage of a request: normal and detached verbs, HTTP/1.1 and HTTP/2.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures_core::Stream;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::client::conn::http2::{self, SendRequest};
use hyper::rt::Executor;
use hyper_util::rt::TokioIo;
use squall::{Application, Body, Bytes, State, get, http, post};
use squall_tests::{Events, Leaving, Server, Stage, within};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

#[get("/fine", register = false)]
async fn fine() -> &'static str {
    "fine"
}

#[post("/normal", register = false)]
async fn normal(body: Bytes, stage: State<Stage>) -> String {
    stage.tell("begun");
    let _leaving = stage.tell_on_drop("left");
    stage.wait().await;
    stage.tell("done");
    body.len().to_string()
}

#[post("/detached", detached, register = false)]
async fn detached(body: Bytes, stage: State<Stage>) -> String {
    stage.tell("begun");
    let _leaving = stage.tell_on_drop("left");
    stage.wait().await;
    stage.tell("done");
    body.len().to_string()
}

/// Reads its body as it comes.
#[post("/reads", detached, register = false)]
async fn reads(body: Body, stage: State<Stage>) -> String {
    stage.tell("begun");
    let mut body = body;
    while let Some(frame) = body.frame().await {
        stage.tell(match frame {
            Ok(frame) if frame.data_ref().is_some_and(|data| !data.is_empty()) => "a piece",
            Ok(_) => "something else",
            Err(_) => "broken off",
        });
    }
    stage.tell("done");
    "read".into()
}

/// A piece, and then silence.
struct Silence(Option<Bytes>, #[expect(dead_code, reason = "it is dropped")] Leaving);

impl Stream for Silence {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Bytes>> {
        self.0.take().map_or(Poll::Pending, |piece| Poll::Ready(Some(piece)))
    }
}

#[get("/stream", register = false)]
async fn stream(stage: State<Stage>) -> Body {
    Body::from_stream(Silence(Some(Bytes::from("piece")), stage.tell_on_drop("stream left")))
}

#[get("/stream/detached", detached, register = false)]
async fn stream_detached(stage: State<Stage>) -> Body {
    stage.tell("begun");
    stage.wait().await;
    stage.tell("done");
    Body::from_stream(Silence(Some(Bytes::from("piece")), stage.tell_on_drop("stream left")))
}

async fn start() -> (Server, Stage, Events) {
    let (stage, events) = Stage::new();
    let app = Application::empty()
        .handler::<fine>()
        .handler::<normal>()
        .handler::<detached>()
        .handler::<reads>()
        .handler::<stream>()
        .handler::<stream_detached>()
        .state(stage.clone());
    (Server::start(app).await, stage, events)
}

/// The server answers, and nothing was told that is not known.
async fn still_fine(server: &Server, events: &mut Events) {
    assert_eq!(server.ask("GET", "/fine").await.text(), "fine");
    assert_eq!(events.waiting(), None);
}

async fn nothing_more(mut server: Server, mut events: Events) {
    server.stop();
    server.ended().await;
    assert_eq!(events.waiting(), None);
}

fn head(path: &str, length: usize) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n")
}

#[tokio::test]
async fn in_the_head() {
    let (server, _stage, mut events) = start().await;
    let whole = head("/detached", 0);
    for end in [0, 1, 10, whole.len() / 2, whole.len() - 1] {
        let mut wire = server.connect().await;
        wire.send(&whole[..end]).await;
        drop(wire);
        still_fine(&server, &mut events).await;
    }
    nothing_more(server, events).await;
}

#[tokio::test]
async fn in_the_body() {
    let (server, stage, mut events) = start().await;
    for path in ["/normal", "/detached"] {
        for part in ["", "1", "123456789"] {
            let mut wire = server.connect().await;
            wire.send(head(path, 10) + part).await;
            drop(wire);
            // Half a body is none: the verb never begins, detached or not.
            still_fine(&server, &mut events).await;
        }
    }
    // One that reads by itself is told, and goes on.
    let mut wire = server.connect().await;
    wire.send(head("/reads", 10) + "12345").await;
    assert_eq!((events.next().await, events.next().await), ("begun", "a piece"));
    drop(wire);
    assert_eq!((events.next().await, events.next().await), ("broken off", "done"));
    stage.open(1);
    nothing_more(server, events).await;
}

#[tokio::test]
async fn while_the_handler_waits() {
    let (server, stage, mut events) = start().await;
    for (path, half_closes) in [("/normal", false), ("/detached", false), ("/detached", true)] {
        let mut wire = server.connect().await;
        wire.send(head(path, 3) + "123").await;
        assert_eq!(events.next().await, "begun");
        if half_closes {
            wire.finish().await;
        }
        drop(wire);
        if path == "/normal" {
            assert_eq!(events.next().await, "left");
        } else {
            still_fine(&server, &mut events).await;
            stage.open(1);
            assert_eq!((events.next().await, events.next().await), ("done", "left"));
        }
        still_fine(&server, &mut events).await;
    }
    nothing_more(server, events).await;
}

#[tokio::test]
async fn in_the_answer() {
    let (server, stage, mut events) = start().await;
    // In the head of the answer, byte by byte, and in its body.
    for read in [1, 9, 12, 40] {
        let mut wire = server.connect().await;
        wire.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n").await;
        wire.take(read).await;
        drop(wire);
        assert_eq!(events.next().await, "stream left");
    }
    let mut wire = server.connect().await;
    wire.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(wire.reply_without_body().await.status, 200);
    assert_eq!(wire.take(10).await, b"5\r\npiece\r\n");
    drop(wire);
    assert_eq!(events.next().await, "stream left");
    // A detached verb whose answer nobody takes: it is dropped, not sent for ever.
    let mut wire = server.connect().await;
    wire.send("GET /stream/detached HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(wire);
    still_fine(&server, &mut events).await;
    stage.open(1);
    assert_eq!((events.next().await, events.next().await), ("done", "stream left"));
    nothing_more(server, events).await;
}

/// Runs what an HTTP/2 connection spawns, and can end it: the socket is held there, too.
#[derive(Clone, Default)]
struct Tasks(Arc<Mutex<Vec<AbortHandle>>>);

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Tasks {
    fn execute(&self, task: F) {
        self.0.lock().expect("no panic while it is held").push(tokio::spawn(task).abort_handle());
    }
}

/// A body that the test sends piece by piece.
struct Pushed(mpsc::UnboundedReceiver<Bytes>);

impl Stream for Pushed {
    type Item = Result<http_body::Frame<Bytes>, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|piece| Ok(http_body::Frame::data(piece))))
    }
}

/// An HTTP/2 client that can vanish: with its stream alone, or with the whole connection.
struct Client {
    send: SendRequest<StreamBody<Pushed>>,
    tasks: Tasks,
}

impl Client {
    async fn connect(server: &Server) -> Self {
        let stream = within("a connection", TcpStream::connect(server.address())).await.expect("nobody listens");
        let tasks = Tasks::default();
        let handshake = http2::handshake(tasks.clone(), TokioIo::new(stream));
        let (send, connection) = within("a handshake", handshake).await.expect("HTTP/2");
        let connection = tokio::spawn(async move { drop(connection.await) });
        tasks.0.lock().expect("no panic while it is held").push(connection.abort_handle());
        Self { send, tasks }
    }

    /// Begins a request; its body ends when the sender is dropped.
    fn begin(&mut self, method: &str, path: &str, first: &'static str) -> (Asked, mpsc::UnboundedSender<Bytes>) {
        let (push, pushed) = mpsc::unbounded_channel();
        push.send(Bytes::from(first)).expect("it is held");
        let uri = format!("http://127.0.0.1{path}");
        let request = http::Request::builder().method(method).uri(uri);
        let request = request.header("content-length", if method == "GET" { "0" } else { "10" });
        let request = request.body(StreamBody::new(Pushed(pushed))).expect("a request");
        (Box::pin(self.send.send_request(request)), push)
    }

    fn vanish(self) {
        self.tasks.0.lock().expect("no panic while it is held").iter().for_each(AbortHandle::abort);
    }
}

type Asked = Pin<Box<dyn Future<Output = hyper::Result<http::Response<hyper::body::Incoming>>> + Send>>;

/// Both ways to leave: the stream is reset, or the connection is gone.
async fn http2(resets: bool) {
    let (server, stage, mut events) = start().await;
    for path in ["/normal", "/detached"] {
        // In the body.
        let mut client = Client::connect(&server).await;
        let (asked, push) = client.begin("POST", path, "12345");
        let asked = tokio::spawn(asked);
        still_fine(&server, &mut events).await;
        asked.abort();
        if !resets {
            client.vanish();
        }
        still_fine(&server, &mut events).await;
        drop(push);

        // While the handler waits.
        let mut client = Client::connect(&server).await;
        let (asked, push) = client.begin("POST", path, "1234567890");
        drop(push);
        let asked = tokio::spawn(asked);
        assert_eq!(events.next().await, "begun");
        asked.abort();
        if !resets {
            client.vanish();
        }
        if path == "/detached" {
            still_fine(&server, &mut events).await;
            stage.open(1);
            assert_eq!(events.next().await, "done");
        }
        assert_eq!(events.next().await, "left");
        still_fine(&server, &mut events).await;
    }
    // A detached verb that reads by itself.
    let mut client = Client::connect(&server).await;
    let (asked, push) = client.begin("POST", "/reads", "12345");
    let asked = tokio::spawn(asked);
    assert_eq!((events.next().await, events.next().await), ("begun", "a piece"));
    asked.abort();
    if resets {
        // What is still to be sent fails at the client, too.
        drop(push);
    } else {
        client.vanish();
    }
    assert_eq!((events.next().await, events.next().await), ("broken off", "done"));
    // In the answer.
    let mut client = Client::connect(&server).await;
    let (asked, push) = client.begin("GET", "/stream", "");
    drop(push);
    let mut answer = within("an answer", asked).await.expect("an answer");
    let piece = within("a piece", answer.body_mut().frame()).await.expect("a frame").expect("whole");
    assert_eq!(piece.into_data().expect("data"), "piece");
    if resets {
        drop(answer);
    } else {
        client.vanish();
    }
    assert_eq!(events.next().await, "stream left");
    nothing_more(server, events).await;
}

#[tokio::test]
async fn over_http2_by_a_reset() {
    http2(true).await;
}

#[tokio::test]
async fn over_http2_with_the_connection() {
    http2(false).await;
}

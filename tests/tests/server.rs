//! Connections of HTTP/1: what keeps them, what ends them, and how the server stops.

use std::sync::Arc;

use squall::testing::TestClient;
use squall::{Application, Bytes, State, get, post};
use squall_tests::{Events, Server, Stage, Wire, within};
use tokio::net::{TcpListener, TcpStream};

#[get("/")]
async fn index() -> &'static str {
    "index"
}

#[post("/echo")]
async fn echo(body: Bytes) -> Bytes {
    body
}

#[get("/wait")]
async fn wait(stage: State<Stage>) -> &'static str {
    let _leaving = stage.tell_on_drop("left");
    stage.tell("begun");
    stage.wait().await;
    stage.tell("done");
    "waited"
}

#[get("/detached", detached)]
async fn detached(stage: State<Stage>) -> &'static str {
    let _leaving = stage.tell_on_drop("left");
    stage.tell("begun");
    stage.wait().await;
    stage.tell("done");
    "waited"
}

#[post("/reads")]
async fn reads(stage: State<Stage>, body: Reading) -> Bytes {
    stage.tell("read");
    body.0
}

/// A body whose reading is watched.
struct Reading(Bytes);

impl squall::FromRequest for Reading {
    type Rejection = squall::Error;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut squall::Request) -> squall::Result<Self> {
        let stage = State::<Stage>::from_request(request).await.ok();
        let _leaving = stage.as_ref().map(|stage| stage.tell_on_drop("reading ended"));
        if let Some(stage) = &stage {
            stage.tell("reading");
        }
        request.bytes().await.map(Self)
    }
}

async fn staged() -> (Server, Stage, Events) {
    let (stage, events) = Stage::new();
    (Server::start(Application::new().state(stage.clone())).await, stage, events)
}

async fn server() -> Server {
    staged().await.0
}

const INDEX: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[tokio::test]
async fn a_connection_is_kept() {
    let server = server().await;
    let mut wire = server.connect().await;
    for _ in 0..3 {
        let reply = wire.ask("GET", "/", "").await;
        assert_eq!((reply.line.as_str(), reply.text()), ("HTTP/1.1 200 OK", "index"));
        assert!(reply.header("date").is_some(), "RFC 9110 section 6.6.1");
    }
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let (server, stage, mut events) = staged().await;
    let mut wire = server.connect().await;
    let body = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    let slow = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";
    wire.send([body, slow, INDEX, body].concat()).await;
    assert_eq!(wire.reply().await.text(), "hello");
    assert_eq!(events.next().await, "begun");
    stage.open(1);
    assert_eq!(wire.reply().await.text(), "waited");
    assert_eq!(wire.reply().await.text(), "index");
    assert_eq!(wire.reply().await.text(), "hello");
}

#[tokio::test]
async fn close_closes_after_the_answer() {
    let server = server().await;
    let mut wire = server.connect().await;
    let reply = wire.ask("GET", "/", "Connection: close\r\n").await;
    assert_eq!((reply.text(), reply.header("connection")), ("index", Some("close")));
    wire.closed().await;
}

#[tokio::test]
async fn http_1_0_is_served() {
    let server = server().await;
    let mut wire = server.connect().await;
    wire.send("GET / HTTP/1.0\r\n\r\n").await;
    assert_eq!(wire.reply().await.text(), "index");
    wire.closed().await;
    let mut wire = server.connect().await;
    for _ in 0..2 {
        wire.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").await;
        let reply = wire.reply().await;
        let kept = reply.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("keep-alive"));
        assert!(kept, "{:?}", reply.headers);
        assert_eq!(reply.text(), "index");
    }
}

#[tokio::test]
async fn a_request_may_come_byte_by_byte() {
    let server = server().await;
    let mut wire = server.connect().await;
    let request = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    for byte in request.bytes() {
        wire.send([byte]).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(wire.reply().await.text(), "abc");
    // An empty line before a request is passed over (RFC 9112 section 2.2).
    wire.send(format!("\r\n{INDEX}")).await;
    assert_eq!(wire.reply().await.text(), "index");
}

#[tokio::test]
async fn what_only_begins_like_the_preface_is_http_1() {
    let server = server().await;
    for method in ["P", "PR", "PRI", "PUT", "PRIME"] {
        assert_eq!(server.ask(method, "/").await.status, 405, "{method}");
    }
    let mut wire = server.connect().await;
    wire.send("PRI * HTTP/2.0\r\n\r\nSX\r\n\r\n").await;
    assert!(matches!(wire.reply().await.status, 400 | 505));
    wire.closed().await;
}

#[tokio::test]
async fn malformed_requests_get_400_and_the_end() {
    let server = server().await;
    for request in [
        &b"asdf\r\n\r\n"[..],
        b"GET /\r\n\r\n",
        b"GET / http/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.10\r\nHost: a\r\n\r\n",
        b"GET / HTTP/3.0\r\nHost: a\r\n\r\n",
        b"GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"GET / HTTP/1.1\r\n: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\0c\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\x0Cc\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
        b"G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: \xA0chunked\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        let mut wire = server.connect().await;
        wire.send([request, b""].concat()).await;
        let reply = wire.reply().await;
        let text = String::from_utf8_lossy(request).into_owned();
        assert!(reply.line.starts_with("HTTP/1.1 400 "), "{text:?}: {}", reply.line);
        wire.closed().await;
    }
    assert_eq!(server.ask("GET", "/").await.text(), "index", "the others are served");
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let server = server().await;
    let mut wire = server.connect().await;
    wire.send("GET / HTTP/1.1\r\n").await;
    wire.try_send("X: ".to_owned() + &"x".repeat(70_000) + "\r\n\r\n").await;
    assert_eq!(wire.reply().await.status, 431);
    let mut wire = server.connect().await;
    wire.send("GET / HTTP/1.1\r\n").await;
    wire.try_send("X: y\r\n".repeat(101) + "\r\n").await;
    assert_eq!(wire.reply().await.status, 431);
}

#[tokio::test]
async fn a_client_that_leaves_ends_its_handler() {
    let (server, _stage, mut events) = staged().await;
    let mut wire = server.connect().await;
    wire.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(wire);
    assert_eq!(events.next().await, "left", "and never done");
}

#[tokio::test]
async fn a_client_that_leaves_mid_body_ends_its_handler() {
    let (server, _stage, mut events) = staged().await;
    let mut wire = server.connect().await;
    wire.send("POST /reads HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345").await;
    assert_eq!(events.next().await, "reading");
    drop(wire);
    assert_eq!(events.next().await, "reading ended");
    server.cut().await;
    assert_eq!(events.waiting(), None, "half a body is not handed on");
}

#[tokio::test]
async fn a_detached_handler_goes_on_without_its_client() {
    let (server, stage, mut events) = staged().await;
    let mut wire = server.connect().await;
    wire.send("GET /detached HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(wire);
    // Another request has come and gone: the server had its chance to end the first.
    let mut other = server.connect().await;
    other.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(other);
    assert_eq!(events.next().await, "left");
    stage.open(1);
    assert_eq!(events.next().await, "done");
    assert_eq!(events.next().await, "left");
    stage.open(1);
    assert_eq!(server.ask("GET", "/detached").await.text(), "waited");
}

#[tokio::test]
async fn a_stop_waits_for_what_runs_on_without_its_client() {
    let (mut server, stage, mut events) = staged().await;
    let mut wire = server.connect().await;
    wire.send("GET /detached HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(wire);
    server.stop();
    stage.open(1);
    server.ended().await;
    assert_eq!(events.waiting(), Some("done"));
}

#[tokio::test]
async fn a_client_that_only_stops_sending_is_answered() {
    let server = server().await;
    let mut wire = server.connect().await;
    wire.send(INDEX).await;
    wire.finish().await;
    assert_eq!(wire.reply().await.text(), "index");
    wire.closed().await;
}

#[tokio::test]
async fn stopping_answers_what_has_begun() {
    let (mut server, stage, mut events) = staged().await;
    let mut busy = server.connect().await;
    busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    let mut idle = server.connect().await;
    assert_eq!(idle.ask("GET", "/", "").await.text(), "index");
    let mut silent = server.connect().await;
    // It was accepted once a later connection was answered.
    assert_eq!(server.ask("GET", "/").await.text(), "index");

    server.stop();
    idle.closed().await;
    silent.closed().await;
    assert!(within("a refusal", TcpStream::connect(server.address())).await.is_err(), "nobody listens any more");
    assert_eq!(events.waiting(), None, "the handler is left alone");
    stage.open(1);
    let reply = busy.reply().await;
    assert_eq!((reply.text(), reply.header("connection")), ("waited", Some("close")));
    busy.closed().await;
    server.ended().await;
}

#[tokio::test]
async fn stopping_waits_for_a_body_on_its_way() {
    let (mut server, _stage, mut events) = staged().await;
    let mut wire = server.connect().await;
    wire.send("POST /reads HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345").await;
    assert_eq!(events.next().await, "reading");
    server.stop();
    assert!(within("a refusal", refused(server.address())).await);
    wire.send("67890").await;
    assert_eq!(wire.reply().await.text(), "1234567890");
    wire.closed().await;
    server.ended().await;
}

/// Waits until the port is closed.
async fn refused(address: std::net::SocketAddr) -> bool {
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    true
}

#[tokio::test]
async fn a_server_without_requests_stops_at_once() {
    let mut server = server().await;
    server.stop();
    server.ended().await;
}

#[tokio::test]
async fn dropping_the_server_closes_everything() {
    let (server, _stage, mut events) = staged().await;
    let mut busy = server.connect().await;
    busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    let mut idle = server.connect().await;
    assert_eq!(idle.ask("GET", "/", "").await.text(), "index");
    let address = server.address();
    server.cut().await;
    assert_eq!(events.next().await, "left");
    busy.closed().await;
    idle.closed().await;
    assert!(within("a refusal", TcpStream::connect(address)).await.is_err());
}

#[tokio::test]
async fn many_connections_are_served_at_once() {
    let (server, stage, mut events) = staged().await;
    let mut wires = Vec::new();
    for _ in 0..200 {
        let mut wire = server.connect().await;
        wire.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
        wires.push(wire);
    }
    for _ in 0..200 {
        assert_eq!(events.next().await, "begun");
    }
    stage.open(200);
    for wire in &mut wires {
        assert_eq!(wire.reply().await.text(), "waited");
    }
    for wire in &mut wires {
        assert_eq!(wire.ask("GET", "/", "").await.text(), "index");
    }
}

#[tokio::test]
async fn an_application_that_cannot_start_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let served = Application::new().serve(listener, std::future::pending());
    let error = within("the launch check", served).await.expect_err("the stage is missing");
    assert!(error.is_launch(), "{error}");
    assert!(error.to_string().contains("Stage"), "{error}");
}

#[tokio::test]
async fn the_same_application_answers_in_memory() {
    let (stage, _events) = Stage::new();
    let client = Arc::new(TestClient::new(Application::new().state(stage.clone())));
    let waiting = tokio::spawn({
        let client = Arc::clone(&client);
        async move { client.get(wait {}).await.expect("sent").text().expect("text").to_owned() }
    });
    stage.open(1);
    assert_eq!(within("the answer", waiting).await.expect("no panic"), "waited");
}

#[tokio::test]
async fn a_port_can_be_used_again_after_the_stop() {
    let (mut server, ..) = staged().await;
    assert_eq!(server.ask("GET", "/").await.text(), "index");
    let address = server.address();
    server.stop();
    server.ended().await;
    let (stage, _events) = Stage::new();
    let listener = TcpListener::bind(address).await.expect("the port is free again");
    let served = tokio::spawn(Application::new().state(stage).serve(listener, std::future::pending()));
    assert_eq!(Wire::connect(address).await.ask("GET", "/", "").await.text(), "index");
    served.abort();
}

//! HTTP/2 without TLS, by its preface: streams beside each other, their ends, and the end of the connection.

use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2::{self, SendRequest};
use hyper::rt::Executor;
use hyper_util::rt::TokioIo;
use squall::http::{Request, StatusCode, Version};
use squall::{Application, Bytes, NoContent, State, delete, get, post};
use squall_tests::{Events, Server, Stage, within};
use tokio::net::TcpStream;
use tokio::task::{AbortHandle, JoinHandle};

#[get("/")]
async fn index(request: squall::Request) -> String {
    format!("{:?} {}", request.version(), request.uri().path())
}

#[post("/echo", body = "1KiB")]
async fn echo(body: Bytes) -> Bytes {
    body
}

#[delete("/items/{id}")]
async fn remove(id: u32) -> NoContent {
    let _ = id;
    NoContent
}

#[get("/cookies")]
async fn cookies(#[cookie] a: String, #[cookie] b: String) -> String {
    format!("{a} {b}")
}

#[get("/wait")]
async fn wait(stage: State<Stage>) -> &'static str {
    let _leaving = stage.tell_on_drop("left");
    stage.tell("begun");
    stage.wait().await;
    stage.tell("done");
    "waited"
}

#[get("/panic")]
async fn panics() -> &'static str {
    panic!("in a stream")
}

/// One connection of a client, and the tasks that drive it.
struct Client {
    send: SendRequest<Full<Bytes>>,
    connection: JoinHandle<hyper::Result<()>>,
    tasks: Tasks,
}

/// Runs what a connection spawns, and can end it: the socket is held there, too.
#[derive(Clone, Default)]
struct Tasks(Arc<Mutex<Vec<AbortHandle>>>);

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Tasks {
    fn execute(&self, task: F) {
        self.0.lock().expect("no panic while it is held").push(tokio::spawn(task).abort_handle());
    }
}

struct Answer {
    status: StatusCode,
    headers: squall::HeaderMap,
    text: String,
}

impl Client {
    async fn connect(server: &Server) -> Self {
        let stream = within("a connection", TcpStream::connect(server.address())).await.expect("nobody listens");
        let tasks = Tasks::default();
        let handshake = http2::handshake(tasks.clone(), TokioIo::new(stream));
        let (send, connection) = within("a handshake", handshake).await.expect("HTTP/2");
        Self { send, connection: tokio::spawn(connection), tasks }
    }

    fn request(&self, request: Request<Full<Bytes>>) -> JoinHandle<hyper::Result<Answer>> {
        let answer = self.send.clone().send_request(request);
        tokio::spawn(async move {
            let (head, body) = answer.await?.into_parts();
            assert_eq!(head.version, Version::HTTP_2);
            let text = String::from_utf8(body.collect().await?.to_bytes().into()).expect("text");
            Ok(Answer { status: head.status, headers: head.headers, text })
        })
    }

    async fn ask(&self, method: &str, path: &str, body: impl Into<Bytes>) -> Answer {
        answered(self.request(request(method, path, body))).await
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.connection.abort();
        self.tasks.0.lock().expect("no panic while it is held").iter().for_each(AbortHandle::abort);
    }
}

fn request(method: &str, path: &str, body: impl Into<Bytes>) -> Request<Full<Bytes>> {
    let uri = format!("http://127.0.0.1{path}");
    Request::builder().method(method).uri(uri).body(Full::new(body.into())).expect("a request")
}

async fn answered(asked: JoinHandle<hyper::Result<Answer>>) -> Answer {
    within("an answer", asked).await.expect("no panic").expect("an answer")
}

async fn staged() -> (Server, Client, Stage, Events) {
    let (stage, events) = Stage::new();
    let server = Server::start(Application::new().state(stage.clone())).await;
    let client = Client::connect(&server).await;
    (server, client, stage, events)
}

#[tokio::test]
async fn requests_are_answered_as_over_http_1() {
    let (_server, client, ..) = staged().await;
    let answer = client.ask("GET", "/?x=1", "").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "HTTP/2.0 /"));
    assert_eq!(answer.headers["content-length"], "10");
    let head = client.ask("HEAD", "/", "").await;
    assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""));
    assert_eq!(head.headers["content-length"], "10");
    assert_eq!(client.ask("POST", "/echo", "body").await.text, "body");
    assert_eq!(client.ask("DELETE", "/items/7", "").await.status, 204);
    let refused = client.ask("DELETE", "/items/x", "").await;
    assert!(refused.text.contains(r#"{"in":"path","name":"id""#), "{}", refused.text);
    assert_eq!(client.ask("GET", "/nothing", "").await.status, 404);
    let answer = client.ask("PUT", "/items/7", "").await;
    assert_eq!((answer.status.as_u16(), &answer.headers["allow"]), (405, &"DELETE, OPTIONS".parse().expect("ASCII")));
}

#[tokio::test]
async fn limits_hold_for_streams() {
    let (_server, client, ..) = staged().await;
    assert_eq!(client.ask("POST", "/echo", vec![b'x'; 1024]).await.text.len(), 1024);
    assert_eq!(client.ask("POST", "/echo", vec![b'x'; 1025]).await.status, 413);
    assert_eq!(client.ask("POST", "/echo", vec![b'x'; 100_000]).await.status, 413);
    assert_eq!(client.ask("POST", "/echo", "again").await.text, "again", "the connection goes on");
}

#[tokio::test]
async fn cookies_may_come_in_several_fields() {
    let (_server, client, ..) = staged().await;
    let mut request = request("GET", "/cookies", "");
    for cookie in ["a=1", "b=2"] {
        // RFC 9113 section 8.2.3.
        request.headers_mut().append("cookie", cookie.parse().expect("ASCII"));
    }
    assert_eq!(answered(client.request(request)).await.text, "1 2");
}

#[tokio::test]
async fn streams_run_beside_each_other() {
    let (_server, client, stage, mut events) = staged().await;
    let waiting: Vec<_> = (0..100).map(|_| client.request(request("GET", "/wait", ""))).collect();
    for _ in 0..100 {
        assert_eq!(events.next().await, "begun");
    }
    assert_eq!(client.ask("GET", "/", "").await.status, 200, "a later one overtakes");
    stage.open(100);
    for one in waiting {
        assert_eq!(answered(one).await.text, "waited");
    }
}

#[tokio::test]
async fn a_stream_that_is_reset_ends_its_handler_alone() {
    let (_server, client, stage, mut events) = staged().await;
    let given_up = client.request(request("GET", "/wait", ""));
    assert_eq!(events.next().await, "begun");
    let other = client.request(request("GET", "/wait", ""));
    assert_eq!(events.next().await, "begun");
    given_up.abort();
    assert_eq!(events.next().await, "left", "and never done");
    stage.open(1);
    assert_eq!(answered(other).await.text, "waited");
}

#[tokio::test]
async fn a_client_that_leaves_ends_all_its_handlers() {
    let (server, client, _stage, mut events) = staged().await;
    let asked: Vec<_> = (0..3).map(|_| client.request(request("GET", "/wait", ""))).collect();
    for _ in 0..3 {
        assert_eq!(events.next().await, "begun");
    }
    drop(client);
    for _ in 0..3 {
        assert_eq!(events.next().await, "left");
    }
    drop(asked);
    assert_eq!(Client::connect(&server).await.ask("GET", "/", "").await.status, 200);
}

#[tokio::test]
async fn a_panic_is_the_failure_of_its_stream() {
    let (_server, client, stage, mut events) = staged().await;
    let waiting = client.request(request("GET", "/wait", ""));
    assert_eq!(events.next().await, "begun");
    let failed = client.ask("GET", "/panic", "").await;
    assert_eq!(failed.status, 500);
    assert!(!failed.text.contains("stream"), "{}", failed.text);
    stage.open(1);
    assert_eq!(answered(waiting).await.text, "waited");
    assert_eq!(client.ask("GET", "/", "").await.status, 200);
}

#[tokio::test]
async fn stopping_finishes_the_streams() {
    let (mut server, mut client, stage, mut events) = staged().await;
    let waiting = client.request(request("GET", "/wait", ""));
    assert_eq!(events.next().await, "begun");
    let idle = Client::connect(&server).await;
    assert_eq!(idle.ask("GET", "/", "").await.status, 200);
    server.stop();
    let mut idle = idle;
    let ended = within("the idle connection to end", &mut idle.connection).await.expect("no panic");
    assert!(ended.is_ok(), "in order: {ended:?}");
    assert_eq!(events.waiting(), None, "the stream is left alone");
    stage.open(1);
    assert_eq!(answered(waiting).await.text, "waited");
    let ended = within("the connection to end", &mut client.connection).await.expect("no panic");
    assert!(ended.is_ok(), "in order: {ended:?}");
    server.ended().await;
}

#[tokio::test]
async fn dropping_the_server_ends_the_streams() {
    let (server, client, _stage, mut events) = staged().await;
    let waiting = client.request(request("GET", "/wait", ""));
    assert_eq!(events.next().await, "begun");
    server.cut().await;
    assert_eq!(events.next().await, "left");
    assert!(within("the end", waiting).await.expect("no panic").is_err());
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

#[tokio::test]
async fn the_preface_may_come_in_pieces() {
    let (server, ..) = staged().await;
    for at in [1, 3, 4, 14, 18, 23, 24] {
        let mut wire = server.connect().await;
        wire.send(&PREFACE[..at]).await;
        // Whoever is answered after the first piece was sent: the server has seen that piece alone.
        assert_eq!(server.ask("GET", "/").await.status, 200);
        // An empty SETTINGS frame follows the preface (RFC 9113 section 3.4).
        wire.send([&PREFACE[at..], &[0, 0, 0, 4, 0, 0, 0, 0, 0]].concat()).await;
        let frame = wire.take(9).await;
        assert_eq!((frame[3], &frame[5..]), (4, &[0; 4][..]), "the server's own SETTINGS, cut after {at} bytes");
    }
}

#[tokio::test]
async fn one_port_speaks_both() {
    let (server, client, ..) = staged().await;
    assert_eq!(server.ask("GET", "/").await.text(), "HTTP/1.1 /");
    assert_eq!(client.ask("GET", "/", "").await.text, "HTTP/2.0 /");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let (_server, client, ..) = staged().await;
    let mut large = request("GET", "/", "");
    for number in 0..10 {
        let name: squall::http::HeaderName = format!("x-{number}").parse().expect("a name");
        large.headers_mut().insert(name, "y".repeat(10_000).parse().expect("ASCII"));
    }
    let refused = within("an end", client.request(large)).await.expect("no panic");
    assert!(refused.is_err() || refused.is_ok_and(|answer| answer.status == 431));
    assert_eq!(client.ask("GET", "/", "").await.status, 200);
}

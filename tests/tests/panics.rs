//! A panic is the failure of one request: 500 for it, and the connection and everybody else go on.

use std::convert::Infallible;
use std::io::Write;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex};
use std::task::{Context, Poll};

use squall::testing::TestClient;
use squall::{Application, Body, Bytes, FromRequest, IntoResponse, Request, Response, State, get, post};
use squall_tests::{Server, Stage};

const SECRET: &str = "the secret of";

#[get("/fine")]
async fn fine() -> &'static str {
    "fine"
}

#[get("/async")]
async fn in_async() -> &'static str {
    tokio::task::yield_now().await;
    panic!("{SECRET} async")
}

#[get("/plain")]
fn in_plain() -> &'static str {
    panic!("{SECRET} plain")
}

#[get("/blocking", blocking)]
fn in_blocking() -> &'static str {
    panic!("{SECRET} blocking")
}

#[get("/detached", detached)]
async fn in_detached() -> &'static str {
    tokio::task::yield_now().await;
    panic!("{SECRET} detached")
}

#[get("/odd")]
async fn odd() -> &'static str {
    std::panic::panic_any(7)
}

struct Extracted;

impl FromRequest for Extracted {
    type Rejection = Infallible;

    async fn from_request(_: &mut Request) -> Result<Self, Infallible> {
        panic!("{SECRET} extractor")
    }
}

#[get("/extractor")]
async fn extractor(_nothing: Extracted) -> &'static str {
    "never"
}

struct Parsed;

impl FromStr for Parsed {
    type Err = Infallible;

    fn from_str(_: &str) -> Result<Self, Infallible> {
        panic!("{SECRET} parser")
    }
}

impl std::fmt::Display for Parsed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("parsed")
    }
}

#[get("/parser/{value}")]
async fn parser(value: Parsed) -> String {
    value.to_string()
}

struct Answered;

impl IntoResponse for Answered {
    fn into_response(self) -> Response {
        panic!("{SECRET} response")
    }
}

#[get("/response")]
async fn response() -> Answered {
    Answered
}

/// Panics when it is dropped.
struct Bomb(&'static str);

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "{SECRET} {}", self.0);
    }
}

#[get("/drop")]
async fn in_drop() -> &'static str {
    let _bomb = Bomb("drop");
    tokio::task::yield_now().await;
    "never"
}

#[get("/cancelled")]
async fn cancelled(stage: State<Stage>) -> &'static str {
    let _leaving = stage.tell_on_drop("left");
    let _bomb = Bomb("cancelled");
    stage.tell("begun");
    stage.wait().await;
    "never"
}

#[post("/after-body")]
async fn after_body(body: Bytes) -> &'static str {
    panic!("{SECRET} {body:?}")
}

struct Breaking(bool);

impl http_body::Body for Breaking {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        assert!(!self.0, "{SECRET} stream");
        self.0 = true;
        Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(b"begun")))))
    }
}

#[get("/stream")]
async fn stream() -> Body {
    Body::new(Breaking(false))
}

#[get("/once")]
async fn once() -> &'static str {
    panic!("told once")
}

/// What all tests of this program have logged.
static LOG: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(|| {
    tracing_subscriber::fmt().with_ansi(false).with_writer(|| Log).init();
    Mutex::default()
});

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().expect("no panic while it is held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn logged() -> String {
    String::from_utf8_lossy(&LOG.lock().expect("no panic while it is held")).into_owned()
}

async fn server() -> (Server, squall_tests::Events) {
    LazyLock::force(&LOG);
    let (stage, events) = Stage::new();
    (Server::start(Application::new().state(stage)).await, events)
}

#[tokio::test]
async fn a_panic_is_500_and_the_connection_goes_on() {
    let (server, _events) = server().await;
    let mut wire = server.connect().await;
    let paths = ["/async", "/plain", "/blocking", "/detached", "/odd", "/extractor", "/parser/x", "/response", "/drop"];
    for path in paths {
        let reply = wire.ask("GET", path, "").await;
        assert_eq!(reply.status, 500, "{path}");
        let want = r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#;
        assert_eq!(reply.text(), want, "{path}: nothing of what happened inside");
        assert_eq!(wire.ask("GET", "/fine", "").await.text(), "fine", "after {path}");
        let head = wire.ask("HEAD", path, "").await;
        assert_eq!((head.status, head.header("content-length")), (500, Some("67")), "{path}");
    }
    let reply = wire.post("/after-body", "text/plain", "the body").await;
    assert_eq!(reply.status, 500);
    assert_eq!(wire.ask("GET", "/fine", "").await.text(), "fine");
}

#[tokio::test]
async fn a_panic_is_logged_once() {
    let (server, _events) = server().await;
    assert_eq!(server.ask("GET", "/once").await.status, 500);
    let log = logged();
    assert_eq!(log.matches("told once").count(), 1, "{log}");
    assert!(log.contains("ERROR"), "{log}");
}

#[tokio::test]
async fn a_panic_while_a_cut_off_handler_is_dropped_harms_nobody() {
    let (server, mut events) = server().await;
    let mut wire = server.connect().await;
    wire.send("GET /cancelled HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(wire);
    assert_eq!(events.next().await, "left");
    assert_eq!(server.ask("GET", "/fine").await.text(), "fine");
}

#[tokio::test]
async fn a_body_that_panics_is_cut_off_and_never_looks_whole() {
    let (server, _events) = server().await;
    let mut wire = server.connect().await;
    wire.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let text = String::from_utf8(wire.rest().await).expect("text");
    assert!(!text.ends_with("0\r\n\r\n"), "{text}");
    assert_eq!(server.ask("GET", "/fine").await.text(), "fine");
}

#[tokio::test]
async fn a_panic_is_500_in_memory_too() {
    let (stage, _events) = Stage::new();
    let client = TestClient::new(Application::new().state(stage));
    assert_eq!(client.get(in_async {}).await.expect("an answer").status(), 500);
    assert_eq!(client.get(in_drop {}).await.expect("an answer").status(), 500);
    assert_eq!(client.get(fine {}).await.expect("an answer").text().expect("text"), "fine");
}

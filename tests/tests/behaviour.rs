//! Rows of the behaviour table that no test of a single piece proves, as bytes on the wire. Each test names its row.

use std::sync::{Arc, Mutex};

use squall::{Application, ClientAddr, Multipart, MultipartRejection, Query, State, StatusCode, get, post, scope};
use squall_tests::{Server, Stage};
use tracing_subscriber::fmt::MakeWriter;

#[path = "behaviour/answers.rs"]
mod answers;
#[path = "behaviour/moved.rs"]
mod moved;

#[get("/p/{name}")]
async fn segment(name: String) -> String {
    name
}

#[get("/q")]
async fn query(#[query("foo")] values: Vec<String>) -> String {
    format!("{values:?}")
}

#[get("/whole")]
async fn whole(Query(pairs): Query<Vec<(String, String)>>) -> String {
    format!("{pairs:?}")
}

#[post("/form")]
async fn form(body: squall::Form<Vec<(String, String)>>, #[query("foo")] values: Vec<String>) -> String {
    format!("{:?} {values:?}", body.0)
}

#[post("/parts")]
async fn parts(mut form: Multipart) -> Result<String, MultipartRejection> {
    let mut told = String::new();
    while let Some(part) = form.next().await? {
        told += &format!("{}|{};", part.name(), part.file_name().unwrap_or("-"));
        part.bytes().await?;
    }
    Ok(told)
}

#[get("/who")]
async fn who(client: ClientAddr) -> String {
    client.ip().to_string()
}

/// Refuses before anything is read.
#[scope("/locked")]
struct Locked;

#[scope]
impl Locked {
    #[prepare]
    async fn refuse(&self) -> Result<(), StatusCode> {
        Err(StatusCode::UNAUTHORIZED)
    }
}

#[post("/refuses", in = Locked)]
async fn refuses(body: String) -> String {
    body
}

#[post("/takes", body = "4KiB")]
async fn takes(body: String, stage: State<Stage>) -> String {
    stage.tell("taken");
    body.len().to_string()
}

async fn start() -> Server {
    Server::start(Application::new().state(Stage::new().0)).await
}

/// The log of one thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic while it is held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn begin(level: tracing::Level) -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let subscriber =
            tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).with_max_level(level).finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    /// The lines that squall wrote since the last look.
    fn taken(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().expect("no panic while it is held"));
        let text = String::from_utf8(bytes).expect("text");
        text.lines().filter(|line| line.contains("squall")).map(str::to_owned).collect()
    }
}

/// Rows 37 to 40, on the wire: one answer and at most one line of the log for each bad form, and the server lives.
#[tokio::test]
async fn rows_37_to_40_bad_forms_are_one_answer_and_one_line() {
    let (log, _guard) = Log::begin(tracing::Level::DEBUG);
    let server = start().await;
    let part = "--1234\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
    for (content_type, body, want) in [
        ("multipart/form-data; boundary=1234", part.to_owned(), 400),
        ("multipart/form-data", format!("{part}--1234--\r\n"), 400),
        ("multipart/form-dataxyz; boundary=1234", format!("{part}--1234--\r\n"), 400),
        ("multipart/form-data; boundary=1234", part.replace("name=\"a\"", "name=\"a\rb\"") + "--1234--", 400),
        ("multipart/form-data; boundary=1234", part.repeat(1000) + "--1234--\r\n", 413),
        ("multipart/form-data; boundary=1234", "--1234\r\n\r\n".repeat(1000), 400),
        ("Multipart/Form-Data; Boundary=\"1234\"", format!("preamble\r\n{part}--1234--\r\nepilogue"), 200),
    ] {
        let reply = server.connect().await.post("/parts", content_type, &body).await;
        assert_eq!(reply.status, want, "{content_type} {body:.60}: {}", reply.text());
        let lines = log.taken();
        assert_eq!(lines.len(), usize::from(want != 200), "{lines:?}");
    }
}

/// Row 37: what a stranger says twice in the head is not taken once.
#[tokio::test]
async fn row_37_two_content_types_are_two_opinions() {
    let server = start().await;
    let mut wire = server.connect().await;
    let body = "--1234\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--1234--\r\n";
    let fields =
        "Content-Type: multipart/form-data; boundary=1234\r\nContent-Type: multipart/form-data; boundary=5\r\n";
    wire.send(format!("POST /parts HTTP/1.1\r\nHost: a\r\n{fields}Content-Length: {}\r\n\r\n{body}", body.len())).await;
    assert_eq!(wire.reply().await.status, 415);
}

/// Rows 41 and 42, on the wire.
#[tokio::test]
async fn rows_41_and_42_forms_and_queries_are_separate() {
    let server = start().await;
    let mut wire = server.connect().await;
    let body = b"a=%C3%A9&b=\xc3\xa9&foo=&foo=&foo=hello";
    let head = format!(
        "POST /form?foo=bar HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    wire.send([head.as_bytes(), body].concat()).await;
    let want = r#"[("a", "é"), ("b", "é"), ("foo", ""), ("foo", ""), ("foo", "hello")] ["bar"]"#;
    assert_eq!(wire.reply().await.text(), want);
}

/// Row 43: bytes that are no text are the client's fault; what the log says of them is one line.
#[tokio::test]
async fn row_43_text_that_is_none_is_400_and_never_breaks_the_log() {
    let (log, _guard) = Log::begin(tracing::Level::TRACE);
    let server = start().await;
    let mut wire = server.connect().await;
    for (target, want) in [
        ("/p/%FF", 400),
        ("/q?foo=%FF", 400),
        ("/q?%FF=foo", 200),
        ("/whole?foo=%FF", 400),
        ("/whole?%FF=foo", 400),
        ("/p/%25%e9", 400),
        ("/p/%25s%7B%7D", 200),
        ("/p/%0A%1B%5B31m", 200),
        ("/%25%e9/%7B0%7D", 404),
        ("/q?foo=%25%e9%7B%7D%0A", 400),
    ] {
        let reply = wire.ask("GET", target, "").await;
        assert_eq!(reply.status, want, "{target}");
        let lines: Vec<_> = log.taken().into_iter().filter(|line| line.contains("a request")).collect();
        assert_eq!(lines.len(), usize::from(want != 200), "{target}: {lines:?}");
        assert!(!lines.concat().contains('\x1b'), "{lines:?}");
    }
}

/// Row 87, as long as nobody is trusted: what a stranger says about the client is not believed.
#[tokio::test]
async fn row_87_nobody_is_trusted_about_the_client() {
    let server = start().await;
    let mut wire = server.connect().await;
    for field in [
        "X-Forwarded-For: 127.0.0.1, 4.4.4.4, 5.5.5.5\r\n",
        "X-Forwarded-For: 4.4.4.4<script>\r\n",
        "X-Real-IP: 1\r\n",
        "X-Real-IP: 1.2.3.4:80\r\n",
        "Forwarded: for=4.4.4.4;proto=https\r\n",
    ] {
        assert_eq!(wire.ask("GET", "/who", field).await.text(), "127.0.0.1", "{field}");
    }
}

/// Part 3, fault 14: the expectation in any case, and a body beyond the limit is refused without being asked for.
#[tokio::test]
async fn fault_14_a_client_that_expects_100() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::new().state(stage)).await;
    let head = |path: &str, fields: &str, length: usize| {
        format!("POST {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\nContent-Length: {length}\r\n\r\n")
    };
    for expect in ["Expect: 100-continue", "expect: 100-Continue", "EXPECT: 100-CONTINUE"] {
        let mut wire = server.connect().await;
        wire.send(head("/takes", expect, 4)).await;
        assert_eq!(wire.reply().await.status, 100, "{expect}");
        assert_eq!(events.waiting(), None);
        wire.send("four").await;
        assert_eq!(wire.reply().await.text(), "4");
        assert_eq!(events.next().await, "taken");
        assert_eq!(wire.ask("GET", "/who", "").await.status, 200, "the connection goes on");

        let mut wire = server.connect().await;
        wire.send(head("/takes", expect, 4097)).await;
        assert_eq!(wire.reply().await.status, 413, "{expect}");
        // A client that sends its body all the same finds the connection closed, and not a second request in it.
        wire.try_send("GET /who HTTP/1.1\r\nHost: a\r\n\r\n").await;
        wire.closed().await;

        // Row 32: a refusal before the body is wanted.
        let mut wire = server.connect().await;
        wire.send(head("/locked/refuses", expect, 4)).await;
        assert_eq!(wire.reply().await.status, 401, "{expect}");
        wire.closed().await;
    }
}

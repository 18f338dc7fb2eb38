//! Rows 81 to 84: how answers end, how they are compressed, and what an error page says.

use std::pin::Pin;
use std::task::{Context, Poll};

use squall::middleware::conditional;
use squall::{Application, Body, Conditional, Conditions, File, StatusCode, get};
use squall_tests::Server;
use tower_http::compression::CompressionLayer;

/// Pieces, and then perhaps an error.
struct Pieces(Vec<Result<&'static str, &'static str>>);

impl futures_core::Stream for Pieces {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(if self.0.is_empty() { None } else { Some(self.0.remove(0)) })
    }
}

#[get("/breaks", register = false)]
async fn breaks() -> Body {
    Body::from_stream(Pieces(vec![Ok("part"), Err("no more")]))
}

#[get("/stream", register = false)]
async fn stream() -> Body {
    Body::from_stream(Pieces(vec![Ok("one "), Ok("two")]))
}

#[get("/long", register = false)]
async fn long() -> ([(&'static str, &'static str); 2], String) {
    ([("vary", "accept-language"), ("content-type", "text/plain")], "text ".repeat(2000))
}

#[get("/small", register = false)]
async fn small() -> &'static str {
    "small"
}

#[get("/file", register = false)]
async fn file(conditions: Conditions) -> squall::Result<Conditional<File>> {
    Ok(conditions.answer(File::open("Cargo.toml").await?))
}

#[get("/status/{status}", register = false)]
async fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status")
}

fn app() -> Application {
    Application::empty()
        .handler::<breaks>()
        .handler::<stream>()
        .handler::<long>()
        .handler::<small>()
        .handler::<file>()
        .handler::<status>()
}

async fn raw(server: &Server, request: &str) -> String {
    let mut wire = server.connect().await;
    wire.send(request).await;
    String::from_utf8(wire.rest().await).expect("text")
}

/// Row 81, and fault 1: no last chunk, behind a compressing layer neither.
#[tokio::test]
async fn row_81_an_error_in_the_answer_breaks_it_off() {
    for app in [app(), app().layer(CompressionLayer::new()), app().middleware(conditional)] {
        let server = Server::start(app).await;
        for fields in ["", "Accept-Encoding: gzip\r\n"] {
            let mut wire = server.connect().await;
            wire.send(format!("GET /breaks HTTP/1.1\r\nHost: a\r\n{fields}\r\n")).await;
            let rest = wire.rest().await;
            assert!(!rest.ends_with(b"0\r\n\r\n"), "{}", rest.escape_ascii());
        }
        let old = raw(&server, "GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(old.ends_with("0\r\n\r\n"), "{old}");
    }
}

/// Row 82.
#[tokio::test]
async fn row_82_an_old_client_gets_no_chunks() {
    let server = Server::start(app()).await;
    for fields in ["", "Connection: keep-alive\r\n", "Connection: keep-alive, te\r\nTE: chunked\r\n"] {
        let text = raw(&server, &format!("GET /stream HTTP/1.0\r\n{fields}\r\n")).await;
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        assert_eq!(body, "one two", "{fields}");
        assert!(!head.to_ascii_lowercase().contains("transfer-encoding"), "{head}");
    }
}

/// Row 83, and faults 8 and 59 by a layer of tower-http: refused codings, `Vary`, ranges as they are.
#[tokio::test]
async fn row_83_compression_by_a_layer() {
    let server = Server::start(app().middleware(conditional).layer(CompressionLayer::new())).await;
    let mut wire = server.connect().await;
    let plain = wire.ask("GET", "/long", "").await;
    assert_eq!((plain.header("content-encoding"), plain.body.len()), (None, 10_000));
    for accept in ["gzip;q=0", "identity", "br;q=0, gzip;q=0.0", "*;q=0, identity"] {
        let reply = wire.ask("GET", "/long", &format!("Accept-Encoding: {accept}\r\n")).await;
        assert_eq!((reply.header("content-encoding"), reply.body.len()), (None, 10_000), "{accept}");
    }
    let packed = wire.ask("GET", "/long", "Accept-Encoding: gzip\r\n").await;
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let varies: Vec<_> = packed.headers.iter().filter(|(name, _)| name == "vary").map(|(_, value)| value).collect();
    for name in ["accept-language", "accept-encoding"] {
        assert!(varies.iter().any(|value| value.to_ascii_lowercase().contains(name)), "{name} in {varies:?}");
    }
    // One strong tag never stands for both (RFC 9110 section 8.8.3.3).
    let strong =
        |reply: &squall_tests::Reply| reply.header("etag").filter(|tag| !tag.starts_with("W/")).map(str::to_owned);
    assert!(strong(&packed).is_none() || strong(&packed) != strong(&plain));
    // A range is one of the bytes as they are.
    let part = wire.ask("GET", "/file", "Range: bytes=0-9\r\nAccept-Encoding: gzip\r\n").await;
    assert_eq!((part.status, part.header("content-encoding"), part.text()), (206, None, "[package]\n"));
    assert!(part.header("content-range").is_some_and(|range| range.starts_with("bytes 0-9/")));
    let small = wire.ask("GET", "/small", "Accept-Encoding: gzip\r\n").await;
    assert_eq!((small.header("content-encoding"), small.text()), (None, "small"));
}

/// Row 84, in squall's form: the page says the status and its name, and a status without a name has none made up.
#[tokio::test]
async fn row_84_error_pages() {
    let server = Server::start(app()).await;
    let mut wire = server.connect().await;
    let page = wire.ask("GET", "/nowhere", "Accept: text/html\r\n").await;
    assert_eq!(page.line, "HTTP/1.1 404 Not Found");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.text().contains("<title>404: Not Found</title>"), "{}", page.text());
    let page = wire.ask("GET", "/status/435", "Accept: text/html\r\n").await;
    assert!(page.text().contains("<title>435: Unknown</title>"), "{}", page.text());
    assert!(page.line.starts_with("HTTP/1.1 435 "), "{}", page.line);
    let lines = wire.ask("GET", "/status/435", "Accept: text/plain\r\n").await;
    assert!(lines.text().starts_with("435 Unknown\n"), "{}", lines.text());
    let id = lines.header("x-request-id").expect("an id").to_owned();
    assert!(lines.text().contains(&id), "{}", lines.text());
}

/// HEAD and the statuses without a body, over one connection: nothing of a body ever comes between two answers.
#[tokio::test]
async fn what_has_no_body_leaves_the_connection_in_step() {
    let server = Server::start(app()).await;
    let mut wire = server.connect().await;
    for path in ["/stream", "/breaks", "/long", "/file", "/status/404", "/nowhere", "/status/204", "/status/304"] {
        let head = wire.ask("HEAD", path, "").await;
        let get = if path == "/breaks" { None } else { Some(wire.ask("GET", path, "").await) };
        if let Some(get) = get {
            assert_eq!(head.line, get.line, "{path}");
            for name in ["content-type", "content-length", "etag"] {
                assert_eq!(head.header(name), get.header(name), "{path} {name}");
            }
        }
        assert_eq!(wire.ask("GET", "/small", "").await.text(), "small", "after {path}");
    }
}

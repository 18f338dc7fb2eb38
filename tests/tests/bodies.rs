//! Bodies of requests: their limits, their ends, their types, and who asks for them.

use squall::{Application, Body, Bytes, Json, Request, get, handler, post};
use squall_tests::{Server, Wire};

/// What a handler accepts where nothing is said.
const DEFAULT: usize = 2 * 1024 * 1024;

#[post("/bytes")]
async fn bytes(body: Bytes) -> String {
    body.len().to_string()
}

#[post("/small", body = "1KiB")]
async fn small(body: Bytes) -> String {
    body.len().to_string()
}

#[post("/large", body = "3MiB")]
async fn large(body: Bytes) -> String {
    body.len().to_string()
}

#[handler("/own/{id}")]
struct Own {
    id: u8,
}

#[handler]
impl Own {
    #[post(body = "4")]
    async fn four(&self, mut request: Request) -> squall::Result<String> {
        Ok(format!("{} {} {}", self.id, request.body_limit(), request.bytes().await?.len()))
    }

    #[put]
    async fn as_ever(&self, request: Request) -> String {
        format!("{} {}", self.id, request.body_limit())
    }
}

#[post("/json")]
async fn json(value: Json<Vec<u8>>) -> String {
    format!("{:?}", value.0)
}

#[post("/text")]
async fn text(value: String) -> String {
    value
}

#[get("/search", body = true)]
async fn search(query: Json<Vec<u8>>) -> String {
    format!("{:?}", query.0)
}

#[post("/unread")]
async fn unread() -> &'static str {
    "unread"
}

#[post("/raw")]
async fn raw(body: Body) -> String {
    let length = body.len();
    format!("{length:?} {:?}", body.collect(100).await.map(|bytes| bytes.len()))
}

async fn server() -> Server {
    Server::start(Application::new()).await
}

/// The head of a POST whose body follows.
fn head(target: &str, fields: &str) -> String {
    format!("POST {target} HTTP/1.1\r\nHost: a\r\n{fields}\r\n")
}

fn chunked(pieces: &[&str]) -> String {
    let chunks: String = pieces.iter().map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len())).collect();
    format!("{chunks}0\r\n\r\n")
}

async fn send(wire: &mut Wire, target: &str, length: usize) -> (u16, String) {
    let reply = wire.post(target, "application/octet-stream", &"x".repeat(length)).await;
    (reply.status, reply.text().to_owned())
}

#[tokio::test]
async fn a_body_may_have_two_mebibytes() {
    let server = server().await;
    assert_eq!(send(&mut server.connect().await, "/bytes", DEFAULT).await, (200, DEFAULT.to_string()));
    assert_eq!(send(&mut server.connect().await, "/bytes", DEFAULT + 1).await.0, 413);
}

#[tokio::test]
async fn a_handler_sets_its_own_limit() {
    let server = server().await;
    let mut wire = server.connect().await;
    assert_eq!(send(&mut wire, "/small", 1024).await, (200, "1024".to_owned()));
    assert_eq!(send(&mut wire, "/large", DEFAULT + 1).await, (200, (DEFAULT + 1).to_string()));
    assert_eq!(send(&mut wire, "/own/7", 4).await, (200, "7 4 4".to_owned()));
    assert_eq!(send(&mut server.connect().await, "/own/7", 5).await.0, 413);
    assert_eq!(send(&mut server.connect().await, "/small", 1025).await.0, 413);
    assert_eq!(wire.ask("PUT", "/own/7", "").await.text(), format!("7 {DEFAULT}"), "the limit is that of one verb");
}

#[tokio::test]
async fn a_length_over_the_limit_is_refused_before_the_body() {
    let server = server().await;
    for length in ["1025", "9223372036854775807"] {
        let mut wire = server.connect().await;
        wire.send(head("/small", &format!("Content-Length: {length}\r\n"))).await;
        assert_eq!(wire.reply().await.status, 413, "not a byte of the body was sent");
        wire.closed().await;
    }
}

#[tokio::test]
async fn chunks_over_the_limit_are_refused_when_they_come() {
    let server = server().await;
    let piece = "x".repeat(512);
    let mut wire = server.connect().await;
    wire.send(head("/small", "Transfer-Encoding: chunked\r\n") + &chunked(&[&piece, &piece])).await;
    assert_eq!(wire.reply().await.text(), "1024");
    wire.send(head("/small", "Transfer-Encoding: chunked\r\n")).await;
    wire.send(format!("200\r\n{piece}\r\n200\r\n{piece}\r\n1\r\nx\r\n")).await;
    assert_eq!(wire.reply().await.status, 413, "the end of the body never came");
    wire.closed().await;
}

#[tokio::test]
async fn a_truncated_body_is_no_body() {
    let server = server().await;
    for (fields, part) in [
        ("Content-Length: 10\r\n", "12345"),
        ("Transfer-Encoding: chunked\r\n", "5\r\n12345\r\n"),
        ("Transfer-Encoding: chunked\r\n", "5\r\n123"),
    ] {
        let mut wire = server.connect().await;
        wire.send(head("/bytes", fields) + part).await;
        wire.finish().await;
        let rest = String::from_utf8(wire.rest().await).expect("text");
        assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 400 "), "{rest}");
    }
}

#[tokio::test]
async fn malformed_chunks_are_refused() {
    let server = server().await;
    for chunk in ["x\r\n", "-4\r\n1234\r\n", "0x4\r\n1234\r\n", "ffffffffffffffffffff\r\n", "4\r\n12345\r\n", "\r\n"] {
        let mut wire = server.connect().await;
        wire.send(head("/bytes", "Transfer-Encoding: chunked\r\n") + chunk).await;
        wire.finish().await;
        let rest = String::from_utf8(wire.rest().await).expect("text");
        assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 400 "), "{chunk:?}: {rest}");
    }
}

#[tokio::test]
async fn lengths_that_are_none_are_refused() {
    let server = server().await;
    for fields in [
        "Content-Length: foo\r\n",
        "Content-Length: +3\r\n",
        "Content-Length: -3\r\n",
        "Content-Length: 0x3\r\n",
        "Content-Length: 1_0\r\n",
        "Content-Length:\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Content-Length: 3, 4\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: gzip\r\n",
    ] {
        let mut wire = server.connect().await;
        wire.send(head("/bytes", fields)).await;
        let reply = wire.reply().await;
        assert!(matches!(reply.status, 400 | 413), "{fields:?}: {}", reply.line);
        wire.closed().await;
    }
}

#[tokio::test]
async fn a_request_without_a_body_has_an_empty_one() {
    let server = server().await;
    let mut wire = server.connect().await;
    assert_eq!(wire.ask("POST", "/bytes", "").await.text(), "0");
    assert_eq!(wire.ask("POST", "/bytes", "Content-Length: 0\r\n").await.text(), "0");
    assert_eq!(wire.ask("POST", "/text", "").await.text(), "");
    assert_eq!(wire.ask("POST", "/raw", "").await.text(), "Some(0) Ok(0)");
}

#[tokio::test]
async fn json_asks_for_its_type_and_its_shape() {
    let server = server().await;
    let mut wire = server.connect().await;
    for (content_type, body, status, part) in [
        ("application/json", "[1, 2]", 200, "[1, 2]"),
        ("APPLICATION/Json ; charset=UTF-8", "[3]", 200, "[3]"),
        ("application/vnd.api+json", "[]", 200, "[]"),
        ("text/plain", "[1]", 415, "Unsupported Media Type"),
        ("application/x-www-form-urlencoded", "[1]", 415, "Unsupported Media Type"),
        ("application/jsonp", "[1]", 415, "Unsupported Media Type"),
        ("application/json", "", 400, "is missing: JSON is expected"),
        ("application/json", "[1", 400, "is not JSON: EOF while parsing a list at line 1 column 2"),
        ("application/json", "[1]]", 400, "is not JSON: trailing characters at line 1 column 4"),
        ("application/json", "[256]", 422, "invalid value: integer `256`, expected u8 at line 1 column 4"),
        ("application/json", "{}", 422, r#""in":"body","pointer":"","detail":"invalid type"#),
    ] {
        let reply = wire.post("/json", content_type, body).await;
        assert_eq!(reply.status, status, "{content_type} {body}: {}", reply.text());
        assert!(reply.text().contains(part), "{content_type} {body}: {}", reply.text());
    }
    wire.send(head("/json", "Content-Length: 3\r\n") + "[1]").await;
    assert_eq!(wire.reply().await.status, 415, "no type at all");
    let deep = "[".repeat(100_000);
    assert_eq!(wire.post("/json", "application/json", &deep).await.status, 422, "never a stack overflow");
    wire.send(
        head("/json", "Content-Length: 3\r\nContent-Type: application/json\r\n")
            .into_bytes()
            .into_iter()
            .chain(*b"[\"\xFF")
            .collect::<Vec<u8>>(),
    )
    .await;
    assert_eq!(wire.reply().await.status, 400);
}

#[tokio::test]
async fn text_must_be_utf8() {
    let server = server().await;
    let mut wire = server.connect().await;
    assert_eq!(wire.post("/text", "text/plain", "é").await.text(), "é");
    wire.send([head("/text", "Content-Length: 2\r\n").as_bytes(), b"a\xFF"].concat()).await;
    let reply = wire.reply().await;
    assert_eq!(reply.status, 400);
    assert!(reply.text().contains(r#"{"in":"body","detail":"is not UTF-8"}"#), "{}", reply.text());
}

#[tokio::test]
async fn get_reads_a_body_where_it_says_so() {
    let server = server().await;
    let mut wire = server.connect().await;
    wire.send("GET /search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n[7]")
        .await;
    assert_eq!(wire.reply().await.text(), "[7]");
    assert_eq!(wire.ask("GET", "/search", "").await.status, 400);
}

#[tokio::test]
async fn a_body_that_nobody_reads_does_not_become_a_request() {
    let server = server().await;
    let mut wire = server.connect().await;
    let smuggled = "POST /bytes HTTP/1.1\r\nHost: a\r\n\r\n";
    let fields = format!("Content-Length: {}\r\n", smuggled.len());
    wire.send(head("/unread", &fields) + smuggled + &head("/text", "Content-Length: 2\r\n") + "ok").await;
    assert_eq!(wire.reply().await.text(), "unread");
    assert_eq!(wire.reply().await.text(), "ok", "the body was passed over");
    wire.send(head("/nothing", "Content-Length: 3\r\n") + "abc" + &head("/text", "Content-Length: 0\r\n")).await;
    assert_eq!(wire.reply().await.status, 404);
    assert_eq!(wire.reply().await.status, 200);
}

#[tokio::test]
async fn a_length_beside_chunks_is_no_request() {
    let server = server().await;
    let mut wire = server.connect().await;
    wire.send(head("/bytes", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + &chunked(&["abcd"])).await;
    // RFC 9112 section 6.3: an error, or the chunks count and the connection ends.
    let reply = wire.reply().await;
    assert!(reply.status == 400 || reply.text() == "4", "{}", reply.line);
}

#[tokio::test]
async fn a_client_that_waits_for_100_gets_it_when_the_body_is_wanted() {
    let server = server().await;
    for expect in ["100-continue", "100-Continue"] {
        let mut wire = server.connect().await;
        wire.send(head("/bytes", &format!("Content-Length: 3\r\nExpect: {expect}\r\n"))).await;
        assert_eq!(wire.reply().await.status, 100);
        wire.send("abc").await;
        assert_eq!(wire.reply().await.text(), "3");
    }
    for (target, status) in [("/unread", 200), ("/nothing", 404), ("/json", 415)] {
        let mut wire = server.connect().await;
        wire.send(head(target, "Content-Length: 3\r\nContent-Type: a/b\r\nExpect: 100-continue\r\n")).await;
        assert_eq!(wire.reply().await.status, status, "{target}: the answer comes without the body");
    }
    let mut wire = server.connect().await;
    wire.send(head("/small", "Content-Length: 1025\r\nExpect: 100-continue\r\n")).await;
    assert_eq!(wire.reply().await.status, 413, "what is too large is not asked for");
    let mut old = server.connect().await;
    old.send("POST /text HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n").await;
    old.send("abc").await;
    assert_eq!(old.reply().await.text(), "abc", "RFC 9110 section 10.1.1: HTTP/1.0 knows no 100");
}

#[tokio::test]
async fn chunks_may_have_extensions_and_trailers() {
    let server = server().await;
    let mut wire = server.connect().await;
    let body = "4;name=value\r\nabcd\r\n003\r\nefg\r\n0\r\nX-Trailer: 1\r\n\r\n";
    wire.send(head("/text", "Transfer-Encoding: Chunked\r\n") + body).await;
    assert_eq!(wire.reply().await.text(), "abcdefg");
    assert_eq!(wire.ask("POST", "/bytes", "").await.text(), "0");
}

//! Bodies as they are read: piece by piece, in their charset, out of their content coding, within their limit.

use std::pin::pin;
use std::time::Duration;

use async_compression::Level;
use async_compression::tokio::write::{BrotliEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use async_compression::zstd::CParameter;
use squall::rejection::{BodyRejection, JsonRejection, StringRejection};
use squall::testing::{Answer, TestClient};
use squall::{Application, Body, Bytes, Form, Json, State, Untyped, post};
use squall_tests::{Server, Stage, within};
use tokio::io::AsyncWriteExt as _;

#[post("/stream", body = "10")]
async fn stream(mut body: Body, stage: State<Stage>) -> squall::Result<String> {
    let mut length = 0;
    while let Some(piece) = body.next().await {
        length += piece?.len();
        stage.tell("piece");
        stage.wait().await;
    }
    let trailers = body.trailers().await?;
    Ok(format!("{length} {:?}", trailers.map(|trailers| trailers.len())))
}

#[post("/slow", body = "64MiB")]
async fn slow(mut body: Body, stage: State<Stage>) -> squall::Result<String> {
    let mut length = body.next().await.transpose()?.map_or(0, |piece| piece.len());
    stage.tell("piece");
    stage.wait().await;
    while let Some(piece) = body.next().await {
        length += piece?.len();
    }
    Ok(length.to_string())
}

#[post("/bytes", body = "1MiB")]
async fn bytes(body: Bytes) -> String {
    body.len().to_string()
}

#[post("/body", body = "1MiB")]
async fn body(body: Body) -> squall::Result<String> {
    Ok(body.collect(usize::MAX).await?.len().to_string())
}

#[post("/tiny", body = "4")]
async fn tiny(body: Bytes) -> Bytes {
    body
}

#[post("/text")]
async fn text(text: String) -> String {
    format!("{text:?}")
}

#[post("/json")]
async fn json(Json(numbers): Json<Vec<u8>>) -> String {
    format!("{numbers:?}")
}

#[post("/form")]
async fn form(Form(pairs): Form<Vec<(String, String)>>) -> String {
    format!("{pairs:?}")
}

#[post("/maybe/json")]
async fn maybe_json(numbers: Option<Json<Vec<u8>>>) -> String {
    format!("{numbers:?}")
}

#[post("/maybe/bytes")]
async fn maybe_bytes(bytes: Option<Bytes>) -> String {
    format!("{bytes:?}")
}

#[post("/tried/bytes", body = "4")]
async fn tried_bytes(bytes: Result<Bytes, BodyRejection>) -> String {
    bytes.map_or_else(|rejection| rejection.to_string(), |bytes| format!("{bytes:?}"))
}

#[post("/tried/body", body = "4")]
async fn tried_body(body: Result<Body, BodyRejection>) -> String {
    body.map_or_else(|rejection| rejection.to_string(), |body| format!("{body:?}"))
}

#[post("/tried/text")]
async fn tried_text(text: Result<String, StringRejection>) -> String {
    text.unwrap_or_else(|rejection| rejection.to_string())
}

#[post("/tried/json")]
async fn tried_json(numbers: Result<Json<Vec<u8>>, JsonRejection>) -> String {
    numbers.map_or_else(|rejection| rejection.to_string(), |numbers| format!("{numbers:?}"))
}

fn client() -> TestClient {
    TestClient::new(Application::new().state(Stage::new().0))
}

async fn send(path: &str, fields: &[(&str, &str)], body: impl Into<Body>) -> Answer<Untyped> {
    let client = client();
    let call = fields.iter().fold(client.post(path).body(body.into()), |call, (name, value)| call.header(name, value));
    call.await.expect("an answer")
}

fn told(answer: &Answer<Untyped>) -> (u16, String) {
    (answer.status().as_u16(), answer.text().expect("text").to_owned())
}

#[tokio::test]
async fn a_stream_is_read_as_it_comes() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::new().state(stage.clone())).await;
    let mut wire = server.connect().await;
    wire.send("POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n").await;
    assert_eq!(events.next().await, "piece", "before the end of the body was sent");
    stage.open(3);
    wire.send("2\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n").await;
    assert_eq!(wire.reply().await.text(), "5 Some(1)");
}

#[tokio::test]
async fn who_sends_faster_than_it_is_read_has_to_wait() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::new().state(stage.clone())).await;
    let mut wire = server.connect().await;
    let length = 48 * 1024 * 1024;
    wire.send(format!("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n")).await;
    {
        let mut sending = pin!(wire.send(vec![b'x'; length]));
        let early = tokio::time::timeout(Duration::from_millis(300), &mut sending).await;
        assert!(early.is_err(), "48 MiB were taken, and nobody read them");
        assert_eq!(events.next().await, "piece");
        stage.open(1);
        within("the rest to be taken", sending).await;
    }
    assert_eq!(wire.reply().await.text(), length.to_string());
}

#[tokio::test]
async fn a_stream_ends_at_the_limit() {
    let (stage, _events) = Stage::new();
    stage.open(100);
    let server = Server::start(Application::new().state(stage)).await;
    let head = "POST /stream HTTP/1.1\r\nHost: a\r\n";
    let mut wire = server.connect().await;
    wire.send(format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nfghij\r\n0\r\n\r\n")).await;
    assert_eq!(wire.reply().await.text(), "10 None", "the limit may be reached");
    wire.send(format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n6\r\nfghijk\r\n")).await;
    assert_eq!(wire.reply().await.status, 413);
    let mut wire = server.connect().await;
    wire.send(format!("{head}Content-Length: 11\r\n\r\n")).await;
    assert_eq!(wire.reply().await.status, 413, "not a byte of the body was sent");
}

#[tokio::test]
async fn text_is_read_in_its_charset() {
    for (content_type, body, want) in [
        ("text/plain", &b"\xC3\xA9"[..], Ok("\"é\"")),
        ("text/plain; charset=UTF-8", b"\xC3\xA9", Ok("\"é\"")),
        ("text/plain", b"\xEF\xBB\xBFa\xEF\xBB\xBF", Ok("\"a\\u{feff}\"")),
        ("text/plain; charset=\"ISO-8859-1\"", b"\xE9\x80", Ok("\"é\\u{80}\"")),
        ("text/plain; charset=latin1", b"\xEF\xBB\xBF", Ok("\"ï»¿\"")),
        ("text/plain; charset=us-ascii", b"abc", Ok("\"abc\"")),
        ("text/plain; charset=us-ascii", b"\xE9", Err((400, r#"{"in":"body","detail":"is not US-ASCII"}"#))),
        ("text/plain", b"\xE9", Err((400, r#"{"in":"body","detail":"is not UTF-8"}"#))),
        ("text/plain; charset=koi8-r", b"a", Err((415, "Unsupported"))),
        ("text/plain; charset=\"utf-8", b"a", Err((415, "Unsupported"))),
    ] {
        let (status, text) = told(&send("/text", &[("content-type", content_type)], body).await);
        match want {
            Ok(want) => assert_eq!((status, text.as_str()), (200, want), "{content_type}"),
            Err((code, part)) => {
                assert_eq!(status, code, "{content_type}");
                assert!(text.contains(part), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn json_says_where_it_is_wrong() {
    let json = |content_type| [("content-type", content_type)];
    let (status, text) = told(&send("/json", &json("application/json"), "[1,\n2,\n300]").await);
    assert_eq!(status, 422);
    assert!(text.contains(r#""in":"body","pointer":"/2","detail":"invalid value"#), "{text}");
    assert!(text.contains("at line 3 column 3"), "{text}");
    let (status, text) = told(&send("/json", &json("application/json"), "[1,\n2,\n").await);
    assert_eq!(status, 400);
    assert!(text.contains(r#""pointer":"","detail":"is not JSON: EOF"#), "{text}");
    assert_eq!(told(&send("/json", &json("application/json; charset=utf-16"), "[1]").await).0, 415);
    let server = Server::start(Application::new().state(Stage::new().0)).await;
    let mut wire = server.connect().await;
    let twice = "Content-Type: application/json\r\n".repeat(2);
    wire.send(format!("POST /json HTTP/1.1\r\nHost: a\r\n{twice}Content-Length: 3\r\n\r\n[1]")).await;
    assert_eq!(wire.reply().await.status, 415, "two lines are two opinions");
}

#[tokio::test]
async fn what_is_absent_is_none_and_what_is_bad_is_refused() {
    assert_eq!(told(&send("/maybe/json", &[], "").await), (200, "None".into()));
    assert_eq!(told(&send("/maybe/json", &[("content-type", "text/plain")], "").await), (200, "None".into()));
    assert_eq!(told(&send("/maybe/json", &[("content-type", "application/json")], "").await), (200, "None".into()));
    assert_eq!(send("/maybe/json", &[("content-type", "text/plain")], "x").await.status(), 415);
    assert_eq!(send("/maybe/json", &[("content-type", "application/json")], "x").await.status(), 400);
    assert_eq!(told(&send("/maybe/bytes", &[], "").await), (200, "Some(b\"\")".into()));
    assert_eq!(told(&send("/tried/bytes", &[], "12345").await).1, "the body is larger than 4 bytes");
    assert_eq!(told(&send("/tried/body", &[], "12345").await).1, "the body is larger than 4 bytes");
    assert_eq!(told(&send("/tried/text", &[], &b"\xFF"[..]).await).1, "the body is not UTF-8");
    let (_, text) = told(&send("/tried/json", &[("content-type", "application/json")], "[\"a\"]").await);
    assert!(text.starts_with("the body at /0: invalid type"), "{text}");
    let encoded = [("content-encoding", "x")];
    assert_eq!(told(&send("/tried/bytes", &encoded, "x").await).1, "the content encoding of the body is not supported");

    let server = Server::start(Application::new().state(Stage::new().0)).await;
    let mut wire = server.connect().await;
    let head = "POST /maybe/json HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
    wire.send(format!("{head}0\r\n\r\n")).await;
    assert_eq!(wire.reply().await.text(), "None", "only its end says that it is empty");
    wire.send(format!("{head}1\r\nx\r\n0\r\n\r\n")).await;
    assert_eq!(wire.reply().await.status, 415);
}

const CODINGS: [&str; 4] = ["gzip", "deflate", "br", "zstd"];

async fn encoded(coding: &str, plain: &[u8]) -> Vec<u8> {
    macro_rules! with {
        ($encoder:ident) => {{
            let mut encoder = $encoder::with_quality(Vec::new(), Level::Fastest);
            encoder.write_all(plain).await.expect("memory");
            encoder.shutdown().await.expect("memory");
            encoder.into_inner()
        }};
    }
    match coding {
        "gzip" => with!(GzipEncoder),
        "deflate" => with!(ZlibEncoder),
        "br" => with!(BrotliEncoder),
        _ => with!(ZstdEncoder),
    }
}

async fn post_encoded(path: &str, coding: &str, body: Vec<u8>) -> (u16, String) {
    told(&send(path, &[("content-encoding", coding), ("content-type", "application/json")], body).await)
}

#[tokio::test]
async fn encoded_bodies_are_read_by_every_extractor() {
    for coding in CODINGS {
        let json = encoded(coding, b"[1, 2, 3]").await;
        assert_eq!(post_encoded("/json", coding, json.clone()).await, (200, "[1, 2, 3]".into()), "{coding}");
        assert_eq!(post_encoded("/bytes", &coding.to_uppercase(), json.clone()).await, (200, "9".into()), "{coding}");
        assert_eq!(post_encoded("/body", coding, json.clone()).await, (200, "9".into()), "{coding}");
        assert_eq!(post_encoded("/text", coding, json).await, (200, "\"[1, 2, 3]\"".into()), "{coding}");
        let form = [("content-encoding", coding), ("content-type", "application/x-www-form-urlencoded")];
        let answer = send("/form", &form, encoded(coding, b"a=b").await).await;
        assert_eq!(told(&answer).1, r#"[("a", "b")]"#, "{coding}");
        let nothing = encoded(coding, b"").await;
        assert_eq!(post_encoded("/bytes", coding, nothing).await, (200, "0".into()), "{coding}");
    }
    let gzip = encoded("gzip", b"a").await;
    let two = [gzip.clone(), encoded("gzip", b"bc").await].concat();
    assert_eq!(post_encoded("/bytes", "x-gzip", two).await, (200, "3".into()), "members of RFC 1952 section 2.2");
    // `hello` as another program wrote it.
    let foreign = [31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 203, 72, 205, 201, 201, 7, 0, 134, 166, 16, 54, 5, 0, 0, 0];
    assert_eq!(post_encoded("/text", "gzip", foreign.to_vec()).await, (200, "\"hello\"".into()));
}

#[tokio::test]
async fn the_limit_counts_what_is_inflated() {
    const MEBIBYTE: usize = 1024 * 1024;
    for coding in CODINGS {
        for path in ["/bytes", "/body"] {
            let exact = encoded(coding, &vec![0; MEBIBYTE]).await;
            assert_eq!(post_encoded(path, coding, exact).await, (200, MEBIBYTE.to_string()), "{coding}");
            let over = encoded(coding, &vec![0; MEBIBYTE + 1]).await;
            assert_eq!(post_encoded(path, coding, over).await.0, 413, "{coding}");
        }
        let bomb = encoded(coding, &vec![0; 16 * MEBIBYTE]).await;
        assert!(bomb.len() < MEBIBYTE / 4, "{coding}: a bomb is small");
        assert_eq!(post_encoded("/bytes", coding, bomb.clone()).await.0, 413, "{coding}");
        assert_eq!(post_encoded("/tiny", coding, bomb).await.0, 413, "{coding}");
    }
    let nothings = encoded("gzip", b"").await.repeat(100_000);
    assert_eq!(post_encoded("/bytes", "gzip", nothings).await.0, 413, "what arrives is bounded, too");
    let announced = [("content-encoding", "gzip")];
    assert_eq!(told(&send("/tiny", &announced, vec![0; 2000]).await).0, 413, "before a byte is read");
}

#[tokio::test]
async fn what_is_damaged_is_never_taken_for_whole() {
    // behaviour 35
    let plain: Vec<u8> = (0..20_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    for coding in CODINGS {
        let whole = encoded(coding, &plain).await;
        assert_eq!(post_encoded("/bytes", coding, whole.clone()).await.0, 200, "{coding}");
        for end in [1, 3, 10, whole.len() / 2, whole.len() - 9, whole.len() - 5, whole.len() - 1] {
            let (status, _) = post_encoded("/bytes", coding, whole[..end].to_vec()).await;
            assert_eq!(status, 400, "{coding}: {end} of {}", whole.len());
        }
        for more in [&b"x"[..], b"more than one byte", &[0; 100]] {
            let (status, _) = post_encoded("/bytes", coding, [&whole, more].concat()).await;
            assert_eq!(status, 400, "{coding}: {} bytes after the end", more.len());
        }
        assert_eq!(post_encoded("/bytes", coding, vec![0xFF; 100]).await.0, 400, "{coding}: garbage");
        assert_eq!(post_encoded("/json", coding, b"[1]".to_vec()).await.0, 400, "{coding}: not encoded at all");
    }
    let mut wrong_sum = encoded("gzip", b"hello").await;
    let at = wrong_sum.len() - 8;
    wrong_sum[at] ^= 1;
    assert_eq!(post_encoded("/bytes", "gzip", wrong_sum).await.0, 400);
}

#[tokio::test]
async fn a_zstd_window_takes_no_more_than_eight_mebibytes() {
    // RFC 9659: the sender would say how much memory the reader takes.
    for (log, status) in [(23, 200), (24, 400)] {
        let window = [CParameter::window_log(log)];
        let mut encoder = ZstdEncoder::with_quality_and_params(Vec::new(), Level::Fastest, &window);
        encoder.write_all(&vec![b'x'; 100_000]).await.expect("memory");
        encoder.shutdown().await.expect("memory");
        assert_eq!(post_encoded("/bytes", "zstd", encoder.into_inner()).await.0, status, "2 to the power of {log}");
    }
}

#[tokio::test]
async fn codings_that_are_not_read_say_which_are() {
    for coding in ["compress", "gzip, br", "gzip, gzip", "exi"] {
        let answer = send("/bytes", &[("content-encoding", coding)], "x").await;
        assert_eq!(answer.status(), 415, "{coding}");
        assert_eq!(answer.headers()["accept-encoding"], "gzip, deflate, br, zstd", "RFC 9110 section 12.5.3");
    }
    assert_eq!(told(&send("/tiny", &[("content-encoding", "identity")], "x").await), (200, "x".into()));
    assert_eq!(told(&send("/tiny", &[("content-encoding", "gzip")], "").await), (200, String::new()));
}

#[tokio::test]
async fn an_encoded_body_that_comes_slowly_is_read_as_it_comes() {
    let server = Server::start(Application::new().state(Stage::new().0)).await;
    for coding in CODINGS {
        let whole = encoded(coding, b"[1, 2, 3]").await;
        let mut wire = server.connect().await;
        let head = format!(
            "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\n\
             Transfer-Encoding: chunked\r\n\r\n"
        );
        wire.send(head).await;
        for byte in &whole {
            wire.send([&b"1\r\n"[..], &[*byte], b"\r\n"].concat()).await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        wire.send("0\r\n\r\n").await;
        assert_eq!(wire.reply().await.text(), "[1, 2, 3]", "{coding}");
    }
}

#[tokio::test]
async fn trailers_follow_an_encoded_body() {
    let (stage, _events) = Stage::new();
    stage.open(100);
    let server = Server::start(Application::new().state(stage)).await;
    let mut wire = server.connect().await;
    let head = "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    let gzip = encoded("gzip", b"hello").await;
    let size = format!("{:x}\r\n", gzip.len());
    wire.send([head.as_bytes(), size.as_bytes(), &gzip, b"\r\n0\r\nX-Sum: 1\r\n\r\n"].concat()).await;
    assert_eq!(wire.reply().await.text(), "5 Some(1)");
}

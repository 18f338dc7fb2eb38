//! Conditional requests to answers of any kind, and to verbs that change something.

use squall::http::header::HeaderMap;
use squall::testing::TestClient;
use squall::{
    Application, Body, Conditional, Conditions, ETag, Json, NoContent, PreconditionFailed, StatusCode, get, handler,
};
use squall_tests::{Server, Wire};

#[get("/motto")]
async fn motto(conditions: Conditions) -> Conditional<([(&'static str, &'static str); 4], &'static str)> {
    let fields =
        [("vary", "accept"), ("cache-control", "max-age=60"), ("content-language", "en"), ("set-cookie", "a=1")];
    conditions.answer((fields, "ever onwards"))
}

#[get("/json")]
async fn json(conditions: Conditions) -> Conditional<Json<[u8; 2]>> {
    conditions.answer(Json([1, 2]))
}

#[get("/stream")]
async fn stream(conditions: Conditions) -> Conditional<Body> {
    let body = Body::from("text").with_trailers(async { HeaderMap::new() });
    conditions.answer(body)
}

#[get("/nothing")]
async fn nothing(conditions: Conditions) -> Conditional<NoContent> {
    conditions.answer(NoContent)
}

#[get("/missing")]
async fn missing(conditions: Conditions) -> Conditional<StatusCode> {
    conditions.answer(StatusCode::NOT_FOUND)
}

/// A document of version 1.
#[handler("/document")]
struct Document {}

#[handler]
impl Document {
    #[get]
    async fn show(&self, conditions: Conditions) -> squall::Result<Conditional<([(&'static str, String); 1], String)>> {
        let tag = ETag::strong("v1")?;
        Ok(conditions.answer(([("etag", tag.to_string())], "one".to_owned())))
    }

    #[put]
    async fn change(&self, conditions: Conditions) -> Result<Conditional<String>, PreconditionFailed> {
        conditions.check(ETag::strong("v1").ok().as_ref(), None)?;
        // What has been done is told, whatever the conditions say of the new version.
        Ok(conditions.answer("changed".to_owned()))
    }

    /// There is nothing yet.
    #[post]
    async fn make(&self, conditions: Conditions) -> Result<StatusCode, PreconditionFailed> {
        conditions.check(None, None)?;
        Ok(StatusCode::CREATED)
    }
}

async fn wire() -> (Server, Wire) {
    let server = Server::start(Application::new()).await;
    let wire = server.connect().await;
    (server, wire)
}

#[tokio::test]
async fn a_body_at_hand_has_the_tag_of_its_bytes() {
    let (_server, mut wire) = wire().await;
    for (path, text) in [("/motto", "ever onwards"), ("/json", "[1,2]")] {
        let reply = wire.ask("GET", path, "").await;
        let tag = ETag::of(text.as_bytes()).to_string();
        assert_eq!((reply.status, reply.text(), reply.header("etag")), (200, text, Some(tag.as_str())));
        let head = wire.ask("HEAD", path, "").await;
        assert_eq!((head.status, head.header("etag")), (200, Some(tag.as_str())));
        assert_eq!(head.header("content-length"), reply.header("content-length"));
        for method in ["GET", "HEAD"] {
            let known = wire.ask(method, path, &format!("If-None-Match: {tag}\r\n")).await;
            assert_eq!((known.status, known.header("etag")), (304, Some(tag.as_str())), "{method} {path}");
            let gone = wire.ask(method, path, "If-Match: \"x\"\r\n").await;
            assert_eq!((gone.status, gone.header("content-type")), (412, Some("application/problem+json")));
        }
    }
}

#[tokio::test]
async fn a_304_keeps_what_caches_need() {
    let (_server, mut wire) = wire().await;
    let reply = wire.ask("GET", "/motto", "If-None-Match: *\r\n").await;
    assert_eq!(reply.status, 304);
    for (name, want) in [
        ("vary", Some("accept")),
        ("cache-control", Some("max-age=60")),
        ("set-cookie", Some("a=1")),
        ("content-language", None),
        ("content-type", None),
        ("content-length", None),
        ("transfer-encoding", None),
    ] {
        assert_eq!(reply.header(name), want, "{name}");
    }
    assert_eq!(wire.ask("GET", "/json", "").await.text(), "[1,2]", "nothing stands between");
}

#[tokio::test]
async fn what_has_no_version_or_no_success_is_sent_as_it_is() {
    let (_server, mut wire) = wire().await;
    let reply = wire.ask("GET", "/stream", "If-None-Match: \"x\"\r\nIf-Modified-Since: x\r\n").await;
    assert_eq!((reply.status, reply.text(), reply.header("etag")), (200, "text", None));
    for condition in ["If-None-Match: *", "If-Match: \"x\"", "Range: bytes=0-0"] {
        let nothing = wire.ask("GET", "/nothing", &format!("{condition}\r\n")).await;
        assert_eq!((nothing.status, nothing.header("etag")), (204, None), "{condition}");
        assert_eq!(wire.ask("GET", "/missing", &format!("{condition}\r\n")).await.status, 404, "{condition}");
    }
    let reply = wire.ask("GET", "/json", "Range: bytes=0-0\r\n").await;
    assert_eq!((reply.status, reply.text()), (200, "[1,2]"), "only files have parts");
}

#[tokio::test]
async fn a_change_is_made_to_the_version_that_is_meant() {
    let (_server, mut wire) = wire().await;
    let reply = wire.ask("GET", "/document", "If-None-Match: \"v1\"\r\n").await;
    assert_eq!((reply.status, reply.header("etag")), (304, Some("\"v1\"")));
    for (method, condition, status) in [
        ("PUT", "If-Match: \"v1\"", 200),
        ("PUT", "If-Match: *", 200),
        ("PUT", "If-Match: W/\"v1\"", 412),
        ("PUT", "If-Match: \"v0\"", 412),
        ("PUT", "If-Match: v1", 412),
        ("PUT", "If-None-Match: *", 412),
        ("PUT", "If-None-Match: \"v1\"", 412),
        ("PUT", "If-None-Match: \"v0\"", 200),
        ("PUT", "X-None: 1", 200),
        ("POST", "If-None-Match: *", 201),
        ("POST", "If-Match: *", 412),
        ("POST", "If-Match: \"v1\"", 412),
    ] {
        let reply = wire.ask(method, "/document", &format!("{condition}\r\nContent-Length: 0\r\n")).await;
        assert_eq!(reply.status, status, "{method} {condition}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_condition_do_no_harm() {
    let (_server, mut wire) = wire().await;
    for name in ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range"] {
        for value in [&b"\xFF\xFE"[..], b"\"", b"W/", b",,,,", b"\"\xE9", b"\t"] {
            let request = [b"GET /json HTTP/1.1\r\nHost: a\r\n", name.as_bytes(), b": ", value, b"\r\n\r\n"].concat();
            wire.send(request).await;
            let status = wire.reply().await.status;
            assert!(status == 200 || (status == 412 && name == "If-Match"), "{name}: {value:?} gave {status}");
        }
    }
}

#[tokio::test]
async fn a_client_knows_the_json_inside() -> squall::Result<()> {
    let client = TestClient::new(Application::new());
    assert_eq!(client.get(json {}).await?.json()?, [1, 2]);
    Ok(())
}

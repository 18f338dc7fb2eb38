//! What each result of a handler becomes on the wire: status, fields, body, and never more than was meant.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll};

use squall::http::header::{CONTENT_TYPE, HeaderValue};
use squall::testing::TestClient;
use squall::{
    Application, Body, Bytes, Error, HeaderMap, Html, IntoResponse, Json, NoContent, Redirect, Response, StatusCode,
    get, handler, head,
};
use squall_tests::{Reply, Server};

/// The results, chosen by the path, each given through its own type.
#[handler("/results/{name}")]
struct Results {
    name: String,
}

/// JSON needs text for its keys.
fn no_json() -> BTreeMap<(u8, u8), u8> {
    BTreeMap::from([((1, 2), 3)])
}

fn map() -> HeaderMap {
    let mut map = HeaderMap::new();
    map.append("set-cookie", HeaderValue::from_static("a=1"));
    map.append("set-cookie", HeaderValue::from_static("b=2"));
    map.insert(CONTENT_TYPE, HeaderValue::from_static("text/x-own"));
    map
}

const BREAK: &str = "a\r\nset-cookie: evil=1";

#[handler]
impl Results {
    #[get]
    async fn give(&self) -> Response {
        match self.name.as_str() {
            "str" => "text é".into_response(),
            "string" => String::from("text").into_response(),
            "borrowed" => Cow::Borrowed("text").into_response(),
            "owned" => Cow::<'static, str>::Owned("text".into()).into_response(),
            "bytes" => Bytes::from_static(b"\0\xFF").into_response(),
            "vec" => vec![1_u8, 2].into_response(),
            "slice" => (&b"12"[..]).into_response(),
            "array" => b"12".into_response(),
            "unit" => ().into_response(),
            "body" => Body::from("raw").into_response(),
            "stream" => Body::new(Pieces(vec!["one ", "two"])).into_response(),
            "ok" => StatusCode::ACCEPTED.into_response(),
            "bodiless-204" => (StatusCode::NO_CONTENT, "text").into_response(),
            "bodiless-205" => (StatusCode::RESET_CONTENT, "text").into_response(),
            "bodiless-304" => (StatusCode::NOT_MODIFIED, "text").into_response(),
            "teapot" => StatusCode::IM_A_TEAPOT.into_response(),
            "odd" => StatusCode::from_u16(599).expect("a status").into_response(),
            "json" => Json(serde_json::json!({"a": ["é", null]})).into_response(),
            "no-json" => Json(no_json()).into_response(),
            "created-no-json" => (StatusCode::CREATED, Json(no_json())).into_response(),
            "fields-no-json" => (StatusCode::CREATED, [("x-a", "1")], Json(no_json())).into_response(),
            "html" => Html("<p>é").into_response(),
            "html-string" => Html(String::from("<p>")).into_response(),
            "see-other" => Redirect::to("/ä?x=1").into_response(),
            "temporary" => Redirect::temporary("/a").into_response(),
            "permanent" => Redirect::permanent("/a").into_response(),
            "external" => Redirect::external("https://example.com/a").into_response(),
            "fragment" => Redirect::to("/items?page=1#top").into_response(),
            "fragment-away" => Redirect::external("https://a.example/x#y").into_response(),
            "space" => Redirect::to("/search?q=a b#c d").into_response(),
            "evil" => Redirect::to("//evil.example").into_response(),
            "found-evil" => (StatusCode::FOUND, Redirect::to("https://evil.example")).into_response(),
            "split-redirect" => Redirect::to(format!("/{BREAK}")).into_response(),
            "split-external" => Redirect::external(&format!("https://a.example/{BREAK}")).into_response(),
            "no-content" => NoContent.into_response(),
            "status" => (StatusCode::CREATED, "made").into_response(),
            "fields" => ([("x-a", "1"), ("content-type", "text/x-own")], "text").into_response(),
            "all" => (StatusCode::CREATED, [("x-a", String::from("1"))], Json(1)).into_response(),
            "map" => (map(), "text").into_response(),
            "nested" => (StatusCode::CREATED, ([("x-a", "1")], ([("x-b", "2")], "text"))).into_response(),
            "split" => ([("x-a", BREAK)], "secret").into_response(),
            "split-status" => (StatusCode::CREATED, [("x-a", BREAK)], "secret").into_response(),
            "split-nested" => (StatusCode::CREATED, ([("x-a", BREAK)], "secret")).into_response(),
            "too-long" => ([("content-length", "5")], "abc").into_response(),
            "too-short" => ([("content-length", "2")], "abc").into_response(),
            "no-length" => ([("content-length", "x")], "abc").into_response(),
            "empty-long" => ([("content-length", "5")], ()).into_response(),
            "unchanged" => (StatusCode::NOT_MODIFIED, [("content-length", "5000")], ()).into_response(),
            "bad-name" => ([("x a", "1")], "secret").into_response(),
            "failure" => (StatusCode::INTERNAL_SERVER_ERROR, "own page").into_response(),
            "replaced" => (StatusCode::OK, [("x-a", "1")], StatusCode::INTERNAL_SERVER_ERROR).into_response(),
            "some" => Some("there").into_response(),
            "none" => None::<&'static str>.into_response(),
            "result" => Ok::<_, StatusCode>(Json(1)).into_response(),
            "error" => Err::<&'static str, _>(StatusCode::CONFLICT).into_response(),
            "own-error" => Err::<&'static str, _>((StatusCode::GONE, Html("gone"))).into_response(),
            "internal" => Err::<(), _>(Body::from("12345").collect(1).await.expect_err("too large")).into_response(),
            "broken" => Err::<(), _>(broken().await).into_response(),
            "link" => Err::<(), _>(Self { name: String::new() }.try_url().expect_err("no link")).into_response(),
            "response" => Response::builder().status(207).body("own".into()).expect("a response"),
            "nothing-with-body" => (StatusCode::NO_CONTENT, "not sent").into_response(),
            "not-modified" => (StatusCode::NOT_MODIFIED, [("etag", "\"1\"")], ()).into_response(),
            other => panic!("no result {other}"),
        }
    }
}

/// A body that breaks off, with words that are nobody's business.
async fn broken() -> Error {
    struct Breaks;
    impl http_body::Body for Breaks {
        type Data = Bytes;
        type Error = std::io::Error;
        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            Poll::Ready(Some(Err(std::io::Error::other("secret of the database"))))
        }
    }
    Body::new(Breaks).collect(10).await.expect_err("it breaks off")
}

struct Pieces(Vec<&'static str>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|text| Ok(http_body::Frame::data(Bytes::from_static(text.as_bytes())))))
    }
}

#[head("/download")]
async fn download() -> ([(&'static str, &'static str); 1], ()) {
    ([("content-length", "5000")], ())
}

/// Typed as written: what the macros make of the result types themselves.
#[get("/typed/option")]
async fn option(#[query] there: bool) -> Option<Json<u8>> {
    there.then_some(Json(1))
}

#[get("/typed/result")]
fn result(#[query] fine: bool) -> Result<(StatusCode, Json<u8>), (StatusCode, String)> {
    if fine { Ok((StatusCode::CREATED, Json(1))) } else { Err((StatusCode::CONFLICT, "no".to_owned())) }
}

#[get("/typed/impl")]
async fn anything() -> impl IntoResponse {
    (StatusCode::ACCEPTED, "anything")
}

#[get("/typed/nothing")]
async fn nothing() {}

#[get("/typed/error")]
async fn fails() -> squall::Result<&'static str> {
    Err(broken().await)
}

async fn ask(name: &str) -> Reply {
    let server = Server::start(Application::new()).await;
    let reply = server.ask("GET", &format!("/results/{name}")).await;
    assert!(reply.header("set-cookie").is_none(), "{name}");
    reply
}

/// Status, content type and body of a result.
async fn gives(name: &str, status: u16, content_type: Option<&str>, body: &[u8]) {
    let reply = ask(name).await;
    assert_eq!((reply.status, reply.header("content-type")), (status, content_type), "{name}");
    assert_eq!(reply.body, body, "{name}: {}", String::from_utf8_lossy(&reply.body));
}

const TEXT: Option<&str> = Some("text/plain; charset=utf-8");
const OCTETS: Option<&str> = Some("application/octet-stream");
const HTML: Option<&str> = Some("text/html; charset=utf-8");
const JSON: Option<&str> = Some("application/json");

async fn is_problem(name: &str, status: u16, title: &str) {
    let body = format!(r#"{{"type":"about:blank","title":"{title}","status":{status}}}"#);
    gives(name, status, Some("application/problem+json"), body.as_bytes()).await;
}

#[tokio::test]
async fn text_and_bytes() {
    gives("str", 200, TEXT, "text é".as_bytes()).await;
    gives("string", 200, TEXT, b"text").await;
    gives("borrowed", 200, TEXT, b"text").await;
    gives("owned", 200, TEXT, b"text").await;
    gives("bytes", 200, OCTETS, b"\0\xFF").await;
    gives("vec", 200, OCTETS, b"\x01\x02").await;
    gives("slice", 200, OCTETS, b"12").await;
    gives("array", 200, OCTETS, b"12").await;
    gives("html", 200, HTML, "<p>é".as_bytes()).await;
    gives("html-string", 200, HTML, b"<p>").await;
    gives("json", 200, JSON, r#"{"a":["é",null]}"#.as_bytes()).await;
}

#[tokio::test]
async fn bodies_have_a_length_or_chunks() {
    let reply = ask("str").await;
    assert_eq!((reply.header("content-length"), reply.header("transfer-encoding")), (Some("7"), None));
    let reply = ask("unit").await;
    assert_eq!((reply.status, reply.header("content-length"), reply.header("content-type")), (200, Some("0"), None));
    gives("body", 200, None, b"raw").await;
    let reply = ask("stream").await;
    assert_eq!((reply.header("content-length"), reply.header("transfer-encoding")), (None, Some("chunked")));
    assert_eq!(reply.text(), "one two");
    let server = Server::start(Application::new()).await;
    let head = server.ask("HEAD", "/results/stream").await;
    assert_eq!(head.header("content-length"), None, "the length of GET is not known, and 0 would be a lie");
    let mut old = server.connect().await;
    old.send("GET /results/stream HTTP/1.0\r\n\r\n").await;
    let reply = old.reply().await;
    assert_eq!((reply.header("transfer-encoding"), reply.text()), (None, "one two"));
    old.closed().await;
}

#[tokio::test]
async fn a_bare_status() {
    gives("ok", 202, None, b"").await;
    gives("no-content", 204, None, b"").await;
    assert_eq!(ask("no-content").await.header("content-length"), None);
    is_problem("teapot", 418, "I'm a teapot").await;
    is_problem("odd", 599, "Unknown").await;
}

#[tokio::test]
async fn a_status_without_a_body_has_none() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    for (name, status) in [("nothing-with-body", 204), ("not-modified", 304)] {
        let reply = wire.ask("GET", &format!("/results/{name}"), "").await;
        assert_eq!(reply.status, status);
        assert_eq!(wire.ask("GET", "/results/str", "").await.text(), "text é", "nothing stands between");
    }
}

#[tokio::test]
async fn redirects_name_their_target() {
    for (name, status, location) in [
        ("see-other", 303, "/%C3%A4?x=1"),
        ("temporary", 307, "/a"),
        ("permanent", 308, "/a"),
        ("external", 303, "https://example.com/a"),
        ("fragment", 303, "/items?page=1#top"),
        ("fragment-away", 303, "https://a.example/x#y"),
        ("space", 303, "/search?q=a%20b#c%20d"),
    ] {
        let reply = ask(name).await;
        assert_eq!((reply.status, reply.header("location")), (status, Some(location)), "{name}");
    }
    for name in ["evil", "found-evil", "split-redirect", "split-external"] {
        is_problem(name, 500, "Internal Server Error").await;
        assert_eq!(ask(name).await.header("location"), None, "{name}");
    }
}

#[tokio::test]
async fn tuples_set_status_and_fields() {
    gives("status", 201, TEXT, b"made").await;
    gives("fields", 200, Some("text/x-own"), b"text").await;
    assert_eq!(ask("fields").await.header("x-a"), Some("1"));
    gives("all", 201, JSON, b"1").await;
    assert_eq!(ask("all").await.header("x-a"), Some("1"));
    let nested = ask("nested").await;
    assert_eq!((nested.status, nested.header("x-a"), nested.header("x-b")), (201, Some("1"), Some("2")));
    let server = Server::start(Application::new()).await;
    let map = server.ask("GET", "/results/map").await;
    let cookies = map.headers.iter().filter(|(name, _)| name == "set-cookie").count();
    assert_eq!((cookies, map.header("content-type")), (2, Some("text/x-own")));
    gives("failure", 500, TEXT, b"own page").await;
    assert_eq!(ask("replaced").await.status, 500, "a failure stays one, whatever success stands beside it");
}

#[tokio::test]
async fn a_field_that_cannot_be_sent_is_500_and_never_split() {
    for name in ["split", "split-status", "split-nested", "bad-name"] {
        is_problem(name, 500, "Internal Server Error").await;
    }
}

#[tokio::test]
async fn a_length_that_the_body_does_not_have_is_corrected() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    for name in ["too-long", "too-short", "no-length", "empty-long"] {
        let get = wire.ask("GET", &format!("/results/{name}"), "").await;
        let length = if name == "empty-long" { "0" } else { "3" };
        assert_eq!((get.status, get.header("content-length")), (200, Some(length)), "{name}");
        assert_eq!(wire.ask("GET", "/results/str", "").await.text(), "text é", "nothing is out of step after {name}");
    }
    for name in ["too-long", "too-short", "no-length"] {
        let head = wire.ask("HEAD", &format!("/results/{name}"), "").await;
        assert_eq!(head.header("content-length"), Some("3"), "{name}");
    }
    let own = wire.ask("HEAD", "/download", "").await;
    assert_eq!(own.header("content-length"), Some("5000"), "an own HEAD need not make the body to know its length");
    // A 304 speaks of a body that is not there, with or without its length (RFC 9110 section 8.6).
    assert_eq!(wire.ask("GET", "/results/unchanged", "").await.status, 304);
    assert_eq!(wire.ask("GET", "/results/str", "").await.text(), "text é");
}

#[tokio::test]
async fn json_that_cannot_be_written_is_500() {
    for name in ["no-json", "created-no-json", "fields-no-json"] {
        is_problem(name, 500, "Internal Server Error").await;
    }
}

#[tokio::test]
async fn options_and_results() {
    gives("some", 200, TEXT, b"there").await;
    is_problem("none", 404, "Not Found").await;
    gives("result", 200, JSON, b"1").await;
    is_problem("error", 409, "Conflict").await;
    gives("own-error", 410, HTML, b"gone").await;
    gives("response", 207, None, b"own").await;
}

#[tokio::test]
async fn errors_never_tell_what_happened_inside() {
    is_problem("internal", 413, "Payload Too Large").await;
    is_problem("broken", 400, "Bad Request").await;
    is_problem("link", 500, "Internal Server Error").await;
}

#[tokio::test]
async fn results_by_their_type() {
    let client = TestClient::new(Application::new());
    assert_eq!(client.get(option { there: true }).await.expect("sent").json().expect("JSON"), 1);
    assert_eq!(client.get(option { there: false }).await.expect("sent").status(), 404);
    let made = client.get(result { fine: true }).await.expect("sent");
    assert_eq!((made.status().as_u16(), made.json().expect("JSON")), (201, 1));
    let refused = client.get(result { fine: false }).await.expect("sent");
    assert_eq!((refused.status().as_u16(), refused.text().expect("text")), (409, "no"));
    let answer = client.get(anything {}).await.expect("sent");
    assert_eq!((answer.status().as_u16(), answer.text().expect("text")), (202, "anything"));
    assert_eq!(client.get(nothing {}).await.expect("sent").status(), 200);
    let failed = client.get(fails {}).await.expect("sent");
    assert!(!failed.text().expect("text").contains("secret"), "{failed:?}");
}

#[tokio::test]
async fn a_status_without_a_body_is_sent_without_one() -> squall::Result<()> {
    let client = TestClient::new(Application::new());
    for status in [204, 205, 304] {
        let answer = client.get(Results { name: format!("bodiless-{status}") }).await?;
        assert_eq!(answer.status(), status);
        assert_eq!(answer.text()?, "", "{status}");
        assert_eq!(answer.header("content-type").is_empty(), status != 304, "{status}");
    }
    Ok(())
}

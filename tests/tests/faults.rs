//! What a request with faults gets: all of them at once, in order, unless something else decides first.

use std::sync::atomic::{AtomicUsize, Ordering};

use squall::testing::{Answer, TestClient};
use squall::{
    Application, Body, Bytes, Faults, FromRequest, IntoResponse, Json, Place, Request, Response, StatusCode, handler,
    post,
};
use squall_tests::Server;

#[derive(Debug, serde::Deserialize)]
struct Order {
    #[expect(dead_code, reason = "only its shape matters")]
    amount: u8,
}

/// Notes the order in which arguments are taken.
#[derive(Default)]
struct Trace(std::sync::Mutex<String>);

fn trace(request: &mut Request, step: &str) {
    let trace = request.extensions_mut().get_or_insert_default::<std::sync::Arc<Trace>>();
    let mut text = trace.0.lock().expect("no panic while it is held");
    text.push_str(step);
}

fn traced(request: &Request) -> String {
    let trace = request.extensions().get::<std::sync::Arc<Trace>>().expect("traced");
    trace.0.lock().expect("no panic while it is held").clone()
}

/// Rejects with the status that a header names; 0 is a fault of its own.
struct Guard<const LETTER: char>(String);

impl<const LETTER: char> FromRequest for Guard<LETTER> {
    type Rejection = Response;

    async fn from_request(request: &mut Request) -> Result<Self, Response> {
        trace(request, &LETTER.to_string());
        let name = format!("x-{}", LETTER.to_ascii_lowercase());
        let Some(status) = request.headers().get(name.as_str()) else { return Ok(Self(traced(request))) };
        let status: u16 = status.to_str().ok().and_then(|status| status.parse().ok()).unwrap_or_default();
        Err(match StatusCode::from_u16(status) {
            Ok(status) => status.into_response(),
            Err(_) => {
                let mut faults = Faults::default();
                faults.broken(Place::Header, name, "is broken");
                faults.unreadable(Place::Cookie, LETTER.to_string(), "is unreadable");
                faults.into_response()
            }
        })
    }
}

/// A body that notes when it is read.
struct Noted(String);

impl FromRequest for Noted {
    type Rejection = Response;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, Response> {
        trace(request, "body");
        let bytes = request.bytes().await.map_err(IntoResponse::into_response)?;
        if bytes.is_empty() {
            return Err(StatusCode::PAYMENT_REQUIRED.into_response());
        }
        Ok(Self(traced(request)))
    }
}

#[handler("/orders/{id}")]
struct Orders {
    id: u32,
    #[query(range = 1..=9)]
    copies: u8,
    #[header("x-key")]
    key: u64,
    #[cookie]
    theme: Option<u8>,
    #[query(length = 1..=2)]
    tag: Vec<String>,
}

#[handler]
impl Orders {
    #[post]
    async fn add(&self, _order: Json<Order>) -> String {
        let Self { id, copies, key, theme, tag } = self;
        format!("{id} {copies} {key} {theme:?} {tag:?}")
    }
}

#[post("/guarded")]
async fn guarded(#[query] x: Option<u8>, a: Guard<'A'>, b: Guard<'B'>, order: Json<Order>) -> String {
    let _ = (x, order);
    a.0 + &b.0
}

#[post("/first")]
async fn body_first(body: Noted, a: Guard<'A'>, b: Guard<'B'>) -> String {
    format!("{} {} {}", a.0, b.0, body.0)
}

#[post("/between")]
async fn body_between(a: Guard<'A'>, body: Noted, #[query] x: Option<u8>, b: Guard<'B'>) -> String {
    format!("{} {} {} {x:?}", a.0, b.0, body.0)
}

#[post("/last")]
async fn body_last(a: Guard<'A'>, b: Guard<'B'>, #[query] x: Option<u8>, body: Noted) -> String {
    format!("{} {} {} {x:?}", a.0, b.0, body.0)
}

#[post("/optional")]
async fn optional(guard: Option<Guard<'A'>>, order: Option<Json<Order>>) -> String {
    format!("{} {}", guard.is_some(), order.is_some())
}

#[post("/optional-text", body = "8")]
async fn optional_text(text: Option<String>) -> String {
    format!("{text:?}")
}

#[post("/optional-bytes", body = "8")]
async fn optional_bytes(bytes: Option<Bytes>) -> String {
    format!("{bytes:?}")
}

#[post("/decided")]
async fn decided(
    guard: Result<Guard<'A'>, Response>,
    order: Result<Json<Order>, <Json<Order> as FromRequest>::Rejection>,
) -> String {
    let status = guard.map_or_else(|response| response.status().as_u16(), |_| 0);
    let order = order.map_or_else(|rejection| rejection.into_response().status().as_u16(), |_| 0);
    format!("{status} {order}")
}

#[post("/raw")]
async fn raw(a: Guard<'A'>, body: Body) -> String {
    let _ = a;
    format!("{:?}", body.collect(10).await)
}

static CALLED: AtomicUsize = AtomicUsize::new(0);

#[post("/counted")]
async fn counted(#[query] x: u8) -> String {
    CALLED.fetch_add(1, Ordering::Relaxed);
    x.to_string()
}

fn client() -> TestClient {
    TestClient::new(Application::new())
}

fn status_and_text<O>(answer: &Answer<O>) -> (u16, String) {
    (answer.status().as_u16(), answer.text().expect("text").to_owned())
}

/// `place name` of each fault.
fn places<O>(answer: &Answer<O>) -> Vec<String> {
    let problem: serde_json::Value = answer.json_as().expect("JSON");
    let errors = problem["errors"].as_array().expect("a list of faults");
    errors
        .iter()
        .map(|error| {
            assert!(error["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{error}");
            format!("{} {}", error["in"].as_str().expect("a place"), error["name"].as_str().unwrap_or("-"))
        })
        .collect()
}

const ORDER: &str = r#"{"amount":1}"#;

fn json(text: &'static str) -> ([(&'static str, &'static str); 1], &'static str) {
    ([("content-type", "application/json")], text)
}

#[tokio::test]
async fn every_fault_is_told_in_the_order_of_declaration() {
    let client = client();
    let call = client.post("/orders/x?copies=10").header("x-key", "-1").header("cookie", "theme=blue");
    let answer = call.body(json(r#"{"amount":"many"}"#)).await.expect("sent");
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(places(&answer), ["path id", "query copies", "header x-key", "cookie theme", "query tag", "body -"]);

    let answer = client.post("/orders/1").body(json(ORDER)).await.expect("sent");
    let want = concat!(
        r#"{"type":"about:blank","title":"Bad Request","status":400,"errors":["#,
        r#"{"in":"query","name":"copies","detail":"is missing"},"#,
        r#"{"in":"header","name":"x-key","detail":"is missing"},"#,
        r#"{"in":"query","name":"tag","detail":"must have between 1 and 2 values"}]}"#
    );
    assert_eq!(status_and_text(&answer), (400, want.to_owned()));
}

#[tokio::test]
async fn rules_are_422_and_anything_unreadable_makes_it_400() {
    let client = client();
    let good = "/orders/1?copies=1&tag=a";
    let send = |target: &str, body: &'static str| client.post(target).header("x-key", "1").body(json(body));
    assert_eq!(send(good, ORDER).await.expect("sent").status(), 200);
    for (target, body, status) in [
        ("/orders/1?copies=0&tag=a", ORDER, 422),
        ("/orders/1?copies=0", ORDER, 422),
        ("/orders/1?copies=0&tag=a", r#"{"amount":-1}"#, 422),
        ("/orders/1?copies=0&tag=a", "{", 400),
        ("/orders/x?copies=0&tag=a", ORDER, 400),
        ("/orders/1?copies=x&tag=a", r#"{"amount":-1}"#, 400),
        (good, r#"{"amount":-1}"#, 422),
        (good, r#"{"amount":1"#, 400),
        (good, "", 400),
    ] {
        let answer = send(target, body).await.expect("sent");
        assert_eq!(answer.status(), status, "{target} {body}: {answer:?}");
    }
}

#[tokio::test]
async fn forbidden_wins_over_every_fault() {
    let client = client();
    for status in ["401", "403"] {
        for name in ["x-a", "x-b"] {
            let call = client.post("/guarded?x=bad").header(name, status).body(json("{"));
            assert_eq!(call.await.expect("sent").status().as_str(), status, "{name}");
        }
        let call = client.post("/guarded?x=bad").header("x-a", "0").header("x-b", status);
        assert_eq!(call.await.expect("sent").status().as_str(), status);
        let call = client.post("/guarded").header("x-a", "0").header("x-b", status);
        assert_eq!(call.await.expect("sent").status().as_str(), status);
    }
}

#[tokio::test]
async fn another_rejection_waits_for_the_faults() {
    let client = client();
    let answer = client.post("/guarded").header("x-a", "409").body(json("{")).await.expect("sent");
    assert_eq!(answer.status(), 409);
    let answer = client.post("/guarded?x=bad").header("x-a", "409").body(json(ORDER)).await.expect("sent");
    assert_eq!((answer.status().as_u16(), places(&answer)), (400, vec!["query x".to_owned()]));
    let answer = client.post("/guarded").header("x-a", "0").header("x-b", "409").body(json(ORDER)).await.expect("sent");
    assert_eq!((answer.status().as_u16(), places(&answer).len()), (400, 2));
    let answer = client.post("/guarded").header("x-a", "409").header("x-b", "418").await.expect("sent");
    assert_eq!(answer.status(), 409, "the first of several");
}

#[tokio::test]
async fn faults_of_several_extractors_are_one_answer() {
    let client = client();
    let call = client.post("/guarded?x=bad").header("x-a", "0").header("x-b", "0").body(json("{}"));
    let answer = call.await.expect("sent");
    assert_eq!(answer.status(), 400);
    assert_eq!(places(&answer), ["query x", "header x-a", "cookie A", "header x-b", "cookie B", "body -"]);
}

#[tokio::test]
async fn what_leaves_the_body_is_taken_before_the_body() {
    let client = client();
    for (path, more) in [("/first", ""), ("/between", " None"), ("/last", " None")] {
        let answer = client.post(path).body("text").await.expect("sent");
        assert_eq!(status_and_text(&answer), (200, format!("A AB ABbody{more}")), "{path}");
        for (name, status) in [("x-a", 409), ("x-b", 418), ("x-b", 403)] {
            // An empty body would be 402.
            let answer = client.post(path).header(name, &status.to_string()).await.expect("sent");
            assert_eq!(answer.status(), status, "{path}");
        }
        assert_eq!(client.post(path).await.expect("sent").status(), 402, "{path}");
    }
}

#[tokio::test]
async fn the_body_is_not_read_when_another_argument_refuses() {
    let server = Server::start(Application::new()).await;
    for path in ["/first", "/between", "/last"] {
        let mut wire = server.connect().await;
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: a\r\nX-B: 403\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        wire.send(head).await;
        let reply = wire.reply().await;
        assert_eq!(reply.status, 403, "{path}: whoever reads the body asks for it with 100 first");
        wire.closed().await;
    }
    let mut wire = server.connect().await;
    wire.send("POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n").await;
    assert_eq!(wire.reply().await.status, 100);
    wire.send("12345").await;
    assert_eq!(wire.reply().await.text(), "A AB ABbody");
}

#[tokio::test]
async fn an_optional_argument_is_none_when_there_is_nothing() {
    let client = client();
    let ask = async |call: squall::testing::Call<'_, squall::Untyped>| status_and_text(&call.await.expect("sent"));
    assert_eq!(ask(client.post("/optional")).await, (200, "true false".to_owned()));
    assert_eq!(ask(client.post("/optional").header("x-a", "403")).await, (200, "false false".to_owned()));
    assert_eq!(ask(client.post("/optional").body(json(ORDER))).await, (200, "true true".to_owned()));
    for (body, status) in [(json("{"), 400), (json("{}"), 422)] {
        assert_eq!(ask(client.post("/optional").body(body)).await.0, status, "there, but bad");
    }
    assert_eq!(ask(client.post("/optional").body("text")).await.0, 415);
}

#[tokio::test]
async fn an_optional_body_that_is_bad_is_a_fault() {
    let client = client();
    let text = client.post("/optional-text").body("12345678").await.expect("sent");
    assert_eq!(text.text().expect("text"), r#"Some("12345678")"#);
    assert_eq!(client.post("/optional-text").body(&b"\xFF"[..]).await.expect("sent").status(), 400);
    assert_eq!(client.post("/optional-text").body("123456789").await.expect("sent").status(), 413);
    assert_eq!(client.post("/optional-bytes").body("123456789").await.expect("sent").status(), 413);
    let bytes = client.post("/optional-bytes").body("1").await.expect("sent");
    assert_eq!(bytes.text().expect("text"), r#"Some(b"1")"#);
}

#[tokio::test]
async fn a_result_argument_leaves_the_decision_to_the_handler() {
    let client = client();
    let send = async |status: &str, body: &'static str| {
        let answer = client.post("/decided").header("x-a", status).body(json(body)).await.expect("sent");
        status_and_text(&answer)
    };
    assert_eq!(send("403", ORDER).await, (200, "403 0".to_owned()));
    assert_eq!(send("0", "{").await, (200, "400 400".to_owned()));
    assert_eq!(send("409", "{}").await, (200, "409 422".to_owned()));
}

#[tokio::test]
async fn a_body_that_is_only_taken_is_not_read() {
    let client = client();
    assert_eq!(client.post("/raw").body("12345").await.expect("sent").text().expect("text"), r#"Ok(b"12345")"#);
    assert_eq!(client.post("/raw").header("x-a", "0").body("12345").await.expect("sent").status(), 400);
}

#[tokio::test]
async fn a_handler_is_not_called_when_an_input_is_wrong() {
    let client = client();
    for target in ["/counted", "/counted?x=a", "/counted?x=1&x=2"] {
        assert_eq!(client.post(target).await.expect("sent").status(), 400);
    }
    assert_eq!(CALLED.load(Ordering::Relaxed), 0);
    assert_eq!(client.post("/counted?x=3").await.expect("sent").text().expect("text"), "3");
    assert_eq!(CALLED.load(Ordering::Relaxed), 1);
}

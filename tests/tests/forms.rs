//! Forms and whole queries: their types, their fields, and what is wrong with them.

use serde::{Deserialize, Serialize};
use squall::rejection::{FormRejection, QueryRejection};
use squall::testing::TestClient;
use squall::{Application, Body, Form, Query, get, post};
use squall_tests::Server;

#[derive(Debug, Deserialize, Serialize)]
struct Order {
    name: String,
    #[serde(default)]
    size: Vec<u8>,
}

#[derive(Debug, Deserialize)]
struct Empty {}

#[post("/orders")]
async fn order(Form(order): Form<Order>) -> String {
    format!("{order:?}")
}

#[post("/maybe")]
async fn maybe(order: Option<Form<Order>>) -> String {
    format!("{order:?}")
}

#[post("/tried")]
async fn tried(order: Result<Form<Order>, FormRejection>) -> String {
    order.map_or_else(|rejection| rejection.to_string(), |order| format!("{order:?}"))
}

#[post("/empty")]
async fn empty(_form: Form<Empty>) -> &'static str {
    "empty"
}

#[post("/pairs")]
async fn pairs(Form(pairs): Form<Vec<(String, String)>>, Query(query): Query<Vec<(String, String)>>) -> String {
    format!("{pairs:?} {query:?}")
}

#[get("/search")]
async fn search(Query(order): Query<Order>) -> String {
    format!("{order:?}")
}

#[get("/search/maybe")]
async fn search_maybe(order: Option<Query<Order>>) -> String {
    format!("{order:?}")
}

#[get("/search/tried")]
async fn search_tried(order: Result<Query<Order>, QueryRejection>) -> String {
    order.map_or_else(|rejection| rejection.to_string(), |order| format!("{order:?}"))
}

#[get("/search/both")]
async fn search_both(#[query] number: u8, Query(order): Query<Order>) -> String {
    format!("{number} {order:?}")
}

const FORM: &str = "application/x-www-form-urlencoded";

fn client() -> TestClient {
    TestClient::new(Application::new())
}

async fn send(path: &str, content_type: &str, body: &'static [u8]) -> (u16, String) {
    let client = client();
    let call = client.post(path).body(Body::from(body));
    let call = if content_type.is_empty() { call } else { call.header("content-type", content_type) };
    let answer = call.await.expect("an answer");
    (answer.status().as_u16(), answer.text().expect("text").to_owned())
}

async fn ask(path: &str) -> (u16, String) {
    let answer = client().get(path).await.expect("an answer");
    (answer.status().as_u16(), answer.text().expect("text").to_owned())
}

#[tokio::test]
async fn a_form_asks_for_its_type() {
    let ok = (200, r#"Order { name: "a", size: [] }"#.to_owned());
    assert_eq!(send("/orders", FORM, b"name=a").await, ok);
    assert_eq!(send("/orders", "Application/X-WWW-Form-URLencoded; Charset=\"utf-8\"", b"name=a").await, ok);
    for content_type in
        ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded; charset=latin1", "", "x; y"]
    {
        let (status, text) = send("/orders", content_type, b"name=a").await;
        assert_eq!(status, 415, "{content_type}: {text}");
    }
    let twice = client().post("/orders").body(Form([("name", "a")])).await.expect("an answer");
    assert_eq!(twice.status(), 200);

    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    let head = format!("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: {FORM}\r\n");
    wire.send(format!("{head}Content-Type: {FORM}\r\nContent-Length: 6\r\n\r\nname=a")).await;
    assert_eq!(wire.reply().await.status, 415, "two lines are two opinions");
}

#[tokio::test]
async fn fields_are_decoded_and_repeated_names_kept() {
    // behaviour 41
    let (status, text) = send("/pairs?foo=bar", FORM, b"a=%C3%A9&b=\xC3\xA9&foo=&foo=&foo=hello+you").await;
    let form = r#"[("a", "é"), ("b", "é"), ("foo", ""), ("foo", ""), ("foo", "hello you")]"#;
    // behaviour 42: the query is another source.
    assert_eq!((status, text), (200, format!(r#"{form} [("foo", "bar")]"#)));
    let (_, text) = send("/orders", FORM, b"size=1&name=a&size=2").await;
    assert_eq!(text, r#"Order { name: "a", size: [1, 2] }"#);
    assert_eq!(send("/empty", FORM, b"").await, (200, "empty".to_owned()));
}

#[tokio::test]
async fn a_fault_names_its_field() {
    for (body, part) in [
        (&b""[..], r#"{"in":"body","name":"name","pointer":"/name","detail":"is missing"}"#),
        (b"name=a&size=x", r#""name":"size","pointer":"/size","detail":"cannot be read: invalid digit"#),
        (b"name=a&name=b", r#""name":"name""#),
        (b"name=%FF", r#""name":"name","pointer":"/name","detail":"is not UTF-8""#),
        (b"name=a&x=\xE9", r#""name":"x","pointer":"/x","detail":"is not UTF-8""#),
        (b"name=a&\xE9=x", r#"{"in":"body","pointer":"","detail":"is not UTF-8"}"#),
    ] {
        let (status, text) = send("/orders", FORM, body).await;
        assert_eq!(status, 400, "{text}");
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[tokio::test]
async fn a_form_may_be_absent() {
    assert_eq!(send("/maybe", "", b"").await, (200, "None".to_owned()));
    assert_eq!(send("/maybe", "text/plain", b"").await, (200, "None".to_owned()));
    assert_eq!(send("/maybe", "text/plain", b"x").await.0, 415);
    assert_eq!(send("/maybe", FORM, b"").await.0, 400, "there is a form, and it lacks a field");
    assert_eq!(send("/maybe", FORM, b"name=a").await.1, r#"Some(Form(Order { name: "a", size: [] }))"#);
    assert_eq!(send("/tried", FORM, b"size=1").await.1, "form field `name`: is missing");
    assert_eq!(send("/tried", "", b"").await.1, "the body is missing: a form is expected");
    assert_eq!(send("/tried", "a/b", b"x").await.1, "the body has to be `application/x-www-form-urlencoded` in UTF-8");
}

#[tokio::test]
async fn a_client_sends_a_form() {
    let order = Order { name: "Ann & Bö=?".into(), size: vec![1, 2] };
    let want = format!("{order:?}");
    let answer = client().post("/orders").body(Form(order)).await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.text().expect("text")), (200, &*want));
}

#[tokio::test]
async fn a_whole_query_is_read() {
    assert_eq!(ask("/search?name=a+b&size=1&size=2&other=x").await.1, r#"Order { name: "a b", size: [1, 2] }"#);
    for (path, part) in [
        ("/search", r#"{"in":"query","name":"name","detail":"is missing"}"#),
        ("/search?name=a&size=-1", r#"{"in":"query","name":"size","detail":"cannot be read: "#),
        // behaviour 43
        ("/search?name=%FF", r#"{"in":"query","name":"name","detail":"is not UTF-8"}"#),
        ("/search?name=a&%25%e9=x", r#"{"in":"query","detail":"is not UTF-8"}"#),
    ] {
        let (status, text) = ask(path).await;
        assert_eq!(status, 400, "{path}");
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let (status, text) = ask("/search/both?number=x&size=y").await;
    assert_eq!(status, 400);
    assert!(text.contains(r#""name":"number""#) && text.contains(r#""name":"size""#), "both are told: {text}");
}

#[tokio::test]
async fn a_query_may_be_absent() {
    assert_eq!(ask("/search/maybe").await, (200, "None".to_owned()));
    assert_eq!(ask("/search/maybe?").await, (200, "None".to_owned()));
    assert_eq!(ask("/search/maybe?size=1").await.0, 400, "there is a query, and it lacks a parameter");
    assert_eq!(ask("/search/tried?size=1").await.1, "query parameter `name`: is missing");
}

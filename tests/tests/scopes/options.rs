//! What scopes, handlers and verbs say about limits and about what stands around them; the nearest word counts.

use std::time::Duration;

use squall::middleware::Next;
use squall::testing::TestClient;
use squall::{Application, ByteUnits as _, Limits, Request, Response, get, handler, post, scope};
use tower_http::set_header::SetResponseHeaderLayer;

fn mark(response: &mut Response, what: &'static str) {
    response.headers_mut().append("x-passed", what.parse().expect("a header value"));
}

async fn outer(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    mark(&mut response, "outer");
    response
}

async fn inner(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    mark(&mut response, "inner");
    response
}

async fn own(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    mark(&mut response, "own");
    response
}

async fn verb(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    mark(&mut response, "verb");
    response
}

fn framed() -> SetResponseHeaderLayer<squall::http::HeaderValue> {
    SetResponseHeaderLayer::overriding("x-layer".parse().expect("a name"), "yes".parse().expect("a value"))
}

fn wide() -> Limits {
    Limits::default().body(1.kib())
}

#[scope("/o", body = "4B", timeout = "50ms", middleware = outer)]
struct Outer;

#[scope("/i", in = Outer, middleware = inner, layer = framed)]
struct Inner;

#[handler("/own", in = Inner, middleware = own, limits = wide)]
struct Own;

#[handler]
impl Own {
    #[get(middleware = verb)]
    async fn get(&self) -> &'static str {
        "own"
    }

    #[post]
    async fn post(&self, text: String) -> String {
        text
    }

    #[put(body = "2B")]
    async fn put(&self, text: String) -> String {
        text
    }
}

#[post("/limited", in = Inner)]
async fn limited(text: String) -> String {
    text
}

#[get("/slow", in = Outer)]
async fn slow() -> &'static str {
    std::future::pending().await
}

#[get("/patient", in = Outer, timeout = "1h")]
async fn patient() -> &'static str {
    tokio::time::sleep(Duration::from_millis(200)).await;
    "patient"
}

#[post("/free")]
async fn free(text: String) -> String {
    text
}

fn client() -> TestClient {
    let app = Application::empty()
        .handler::<Own>()
        .handler::<limited>()
        .handler::<slow>()
        .handler::<patient>()
        .handler::<free>();
    TestClient::new(app.limits(Limits::default().body(8)))
}

#[tokio::test]
async fn middleware_stands_from_the_outermost_scope_to_the_verb() {
    let client = client();
    let answer = client.get(Own).await.expect("an answer");
    let passed: Vec<_> = answer.headers().get_all("x-passed").iter().collect();
    assert_eq!(passed, ["verb", "own", "inner", "outer"]);
    assert_eq!(answer.header("x-layer"), "yes");
    let answer = client.post(free {}).body("x").await.expect("an answer");
    assert!(answer.headers().get("x-passed").is_none());
}

#[tokio::test]
async fn the_nearest_limit_counts() {
    let client = client();
    let status = async |path: &str, method: &str, length: usize| {
        let method = method.parse().expect("a method");
        let answer = client.request(method, path).body("x".repeat(length)).await.expect("an answer");
        answer.status().as_u16()
    };
    assert_eq!(status("/o/i/limited", "POST", 4).await, 200);
    assert_eq!(status("/o/i/limited", "POST", 5).await, 413);
    assert_eq!(status("/o/i/own", "POST", 1024).await, 200);
    assert_eq!(status("/o/i/own", "POST", 1025).await, 413);
    assert_eq!(status("/o/i/own", "PUT", 2).await, 200);
    assert_eq!(status("/o/i/own", "PUT", 3).await, 413);
    assert_eq!(status("/free", "POST", 8).await, 200);
    assert_eq!(status("/free", "POST", 9).await, 413);
}

#[tokio::test]
async fn a_handler_has_its_time() {
    let client = client();
    let answer = client.get(slow {}).await.expect("an answer");
    assert_eq!(answer.status(), 503);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    // What stands outside sees the answer.
    assert_eq!(answer.header("x-passed"), "outer");
    assert_eq!(client.get(patient {}).await.expect("an answer").text().expect("text"), "patient");
}

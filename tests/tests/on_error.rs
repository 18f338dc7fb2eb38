//! The hook that shapes every failure: of handlers, extractors, paths, panics and middleware; of an application and of scopes.

use squall::http::HeaderValue;
use squall::middleware::Next;
use squall::testing::TestClient;
use squall::{
    Application, Failure, Faults, Html, IntoResponse, Json, Problem, Request, Response, StatusCode, get, post,
    rejection, scope,
};

#[derive(Debug, Problem)]
enum ShopError {
    #[problem(status = 404, title = "No such item", detail = "there is no item {id}")]
    NoSuchItem {
        id: u32,
    },
    Broken,
}

#[get("/items/{id}")]
async fn item(id: u32) -> Result<String, ShopError> {
    match id {
        1 => Ok("one".into()),
        2 => Err(ShopError::Broken),
        id => Err(ShopError::NoSuchItem { id }),
    }
}

#[post("/items")]
async fn add(item: Json<u32>) -> Json<u32> {
    item
}

#[get("/panics")]
async fn panics() -> &'static str {
    panic!("on purpose")
}

#[get("/own")]
async fn own() -> (StatusCode, &'static str) {
    (StatusCode::IM_A_TEAPOT, "my own")
}

fn plain(failure: &Failure) -> String {
    format!("{} {}", failure.status().as_u16(), failure.problem().title_text())
}

async fn inner_page(failure: Failure) -> Response {
    if failure.status() == 401 {
        return failure.into_response();
    }
    (failure.status(), format!("scope: {}", plain(&failure))).into_response()
}

#[scope("/scope", on_error = inner_page)]
struct Scoped {
    #[header]
    x_refuse: Option<u16>,
}

#[scope]
impl Scoped {
    #[prepare]
    async fn refuse(&self) -> Result<(), StatusCode> {
        let refused = self.x_refuse.and_then(|status| StatusCode::from_u16(status).ok());
        refused.map_or(Ok(()), Err)
    }
}

#[get("/fine", in = Scoped)]
async fn fine(#[query] number: Option<u8>) -> String {
    format!("{number:?}")
}

async fn page(failure: Failure) -> Response {
    let kind = match () {
        () if failure.is::<ShopError>() => "shop",
        () if failure.is::<rejection::JsonRejection>() => "json",
        () if failure.is::<Faults>() => "faults",
        () => "other",
    };
    let text = format!("{kind}: {} {} {}", plain(&failure), failure.method(), failure.uri());
    (failure.status(), Html(text)).into_response()
}

fn app() -> Application {
    Application::empty()
        .handler::<item>()
        .handler::<add>()
        .handler::<panics>()
        .handler::<own>()
        .handler::<fine>()
        .on_error(page)
}

async fn text(client: &TestClient, path: &str) -> String {
    let answer = client.get(path).await.expect("an answer");
    format!("{} | {}", answer.status().as_u16(), answer.text().expect("text"))
}

#[tokio::test]
async fn every_failure_passes_through_it_with_its_value() {
    let client = TestClient::new(app());
    for (path, want) in [
        ("/items/1", "200 | one"),
        ("/items/7", "404 | shop: 404 No such item GET /items/7"),
        ("/items/2", "500 | shop: 500 Internal Server Error GET /items/2"),
        ("/items/x", "400 | faults: 400 Bad Request GET /items/x"),
        ("/panics", "500 | other: 500 Internal Server Error GET /panics"),
        ("/nowhere?a=b", "404 | other: 404 Not Found GET /nowhere?a=b"),
        ("/own", "418 | my own"),
    ] {
        assert_eq!(text(&client, path).await, want);
    }
    let answer = client.post("/items").body("no JSON").await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "json: 415 Unsupported Media Type POST /items");
}

#[tokio::test]
async fn what_the_client_needs_is_kept() {
    let answer = TestClient::new(app()).post("/items/1").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(answer.text().expect("text"), "other: 405 Method Not Allowed POST /items/1");
}

#[tokio::test]
async fn the_hook_of_a_scope_comes_first_and_may_hand_on() {
    let client = TestClient::new(app());
    assert_eq!(text(&client, "/scope/fine?number=x").await, "400 | scope: 400 Bad Request");
    let refused = client.get("/scope/fine").header("x-refuse", "403").await.expect("an answer");
    assert_eq!(refused.text().expect("text"), "scope: 403 Forbidden");
    let handed_on = client.get("/scope/fine").header("x-refuse", "401").await.expect("an answer");
    assert_eq!(handed_on.text().expect("text"), "other: 401 Unauthorized GET /scope/fine");
}

#[tokio::test]
async fn it_sees_what_middleware_does_and_what_fails_in_it() {
    async fn guard(request: Request, next: Next) -> Result<Response, StatusCode> {
        assert!(!request.headers().contains_key("x-panic"), "on purpose");
        if request.headers().contains_key("x-stop") {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        let mut response = next.run(request).await;
        let status = response.status().as_u16();
        response.headers_mut().insert("x-seen", HeaderValue::from(status));
        Ok(response)
    }
    let client = TestClient::new(app().middleware(guard));
    let stopped = client.get("/items/1").header("x-stop", "1").await.expect("an answer");
    assert_eq!(stopped.text().expect("text"), "other: 503 Service Unavailable GET /items/1");
    let panicked = client.get("/items/1").header("x-panic", "1").await.expect("an answer");
    assert_eq!(panicked.text().expect("text"), "other: 500 Internal Server Error GET /items/1");
    assert_eq!(text(&client, "/items/7").await, "404 | shop: 404 No such item GET /items/7");
}

#[tokio::test]
async fn without_a_hook_the_client_chooses_the_form() {
    let client = TestClient::new(Application::empty().handler::<item>());
    for (accept, want) in [
        ("", "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
    ] {
        let mut call = client.get("/items/7");
        if !accept.is_empty() {
            call = call.header("accept", accept);
        }
        let answer = call.await.expect("an answer");
        assert_eq!((answer.status().as_u16(), answer.header("content-type")), (404, want), "{accept}");
        assert_eq!(answer.header("x-request-id").len(), 16);
        assert!(answer.text().expect("text").contains("there is no item 7"));
    }
}

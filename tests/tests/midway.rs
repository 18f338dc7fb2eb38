//! What must hold when something ends in the middle: a start, a stop, a request, a hook.

#[path = "midway/starts_and_stops.rs"]
mod starts_and_stops;

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use squall::middleware::{Next, OriginalUri};
use squall::testing::TestClient;
use squall::{
    Application, Body, Bytes, Extension, Failure, IntoResponse as _, Outcome, Peer, Request, Response, State,
    StatusCode, TrailingSlash, get, handler, http, scope,
};
use squall_tests::Server;
use tower_http::cors::CorsLayer;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, what: impl Into<String>) {
        self.0.lock().expect("no panic while it is held").push(what.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no panic while it is held"))
    }
}

fn told(what: &str, outcome: &Outcome) -> String {
    let status = outcome.status().map_or(0, |status| status.as_u16());
    let (gone, panicked) = (outcome.gone(), outcome.panicked());
    format!("{what} {status} {} gone={gone} panicked={panicked}", outcome.bytes())
}

#[derive(Clone)]
struct User;

#[scope("/outer")]
struct Outer {
    #[query]
    fail: Option<String>,
}

#[scope]
impl Outer {
    #[prepare]
    async fn known(&self) -> Result<User, StatusCode> {
        Ok(User)
    }

    #[prepare]
    async fn allowed(&self) -> Result<(), StatusCode> {
        match self.fail.as_deref() {
            Some("prepare") => panic!("the prepare panics"),
            Some("refuse") => Err(StatusCode::FORBIDDEN),
            _ => Ok(()),
        }
    }

    #[finish]
    async fn done(&self, outcome: &Outcome, user: Option<Extension<User>>, log: State<Log>) {
        log.add(told(user.map_or("outer nobody", |_| "outer ann"), outcome));
    }
}

#[handler("/page/{id}", in = Outer)]
struct Page {
    id: u32,
    #[query]
    fail: Option<String>,
}

#[handler]
impl Page {
    #[get]
    async fn show(&self) -> String {
        assert_ne!(self.fail.as_deref(), Some("verb"), "the verb panics");
        format!("page {}", self.id)
    }

    #[finish]
    async fn first(&self) {
        assert_ne!(self.fail.as_deref(), Some("finish"), "the finish panics");
    }

    #[finish]
    async fn second(&self, outcome: &Outcome, log: State<Log>) {
        log.add(told("inner", outcome));
    }
}

fn pages() -> Application {
    Application::empty().handler::<Page>().state(Log::default())
}

async fn log_of(client: &TestClient, method: http::Method, path: &str) -> Vec<String> {
    let _ = client.request(method, path).await.expect("an answer");
    client.finished().await;
    client.state::<Log>().expect("a log").take()
}

#[tokio::test]
async fn a_finish_that_panics_takes_no_other_with_it() {
    let client = TestClient::new(pages());
    let log = log_of(&client, http::Method::GET, "/outer/page/7?fail=finish").await;
    assert_eq!(log, ["inner 200 6 gone=false panicked=false", "outer ann 200 6 gone=false panicked=false"]);
}

#[tokio::test]
async fn a_finish_sees_what_was_left_before_the_refusal() {
    let client = TestClient::new(pages());
    let log = log_of(&client, http::Method::GET, "/outer/page/7?fail=refuse").await;
    assert_eq!(log.len(), 1);
    assert!(log[0].starts_with("outer ann 403 "), "{log:?}");
}

#[tokio::test]
async fn a_panic_is_told_with_its_status() {
    let client = TestClient::new(pages());
    let log = log_of(&client, http::Method::GET, "/outer/page/7?fail=verb").await;
    assert!(log[0].starts_with("inner 500 ") && log[0].ends_with("gone=false panicked=true"), "{log:?}");
    assert!(log[1].starts_with("outer ann 500 ") && log[1].ends_with("gone=false panicked=true"), "{log:?}");
    let log = log_of(&client, http::Method::GET, "/outer/page/7?fail=prepare").await;
    assert!(log[0].starts_with("outer ann 500 ") && log[0].ends_with("gone=false panicked=true"), "{log:?}");
}

#[tokio::test]
async fn a_panic_in_a_prepare_is_an_answer_to_the_middleware() {
    async fn stamp(request: Request, next: Next) -> Response {
        let mut response = next.run(request).await;
        response.headers_mut().insert("x-seen", http::HeaderValue::from_static("yes"));
        response
    }
    let client = TestClient::new(pages().middleware(stamp));
    let answer = client.get("/outer/page/7?fail=prepare").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.header("x-seen")), (500, "yes"));
}

async fn broken(_: Request, _: Next) -> Response {
    panic!("the middleware panics")
}

#[get("/broken", middleware = broken)]
async fn behind_broken() {}

async fn broken_page(_: Failure) -> Response {
    panic!("the hook panics")
}

#[get("/broken-page", on_error = broken_page)]
async fn with_broken_page() -> Result<(), squall::Problem> {
    Err(squall::Problem::new(StatusCode::CONFLICT))
}

#[tokio::test]
async fn a_panic_in_a_middleware_or_a_hook_is_an_answer_to_the_outer_ones() {
    let app = Application::empty().handler::<behind_broken>().handler::<with_broken_page>();
    let client = TestClient::new(app.middleware(cookie));
    for path in ["/broken", "/broken-page"] {
        let answer = client.get(path).await.expect("an answer");
        assert_eq!(
            (answer.status().as_u16(), answer.headers().get_all("set-cookie").iter().count()),
            (500, 2),
            "{path}"
        );
    }
}

#[tokio::test]
async fn no_bytes_go_with_head() {
    let client = TestClient::new(pages());
    let log = log_of(&client, http::Method::HEAD, "/outer/page/7").await;
    assert_eq!(log, ["inner 200 0 gone=false panicked=false", "outer ann 200 0 gone=false panicked=false"]);
}

fn sized() -> Response {
    let pieces = [Ok::<_, Infallible>(Bytes::from("ab")), Ok(Bytes::from("cd"))];
    let stream = http_body_util::StreamBody::new(Pieces(pieces.into_iter().collect()));
    ([("content-length", "4")], Body::new(stream)).into_response()
}

struct Pieces(std::collections::VecDeque<Result<Bytes, Infallible>>);

impl futures_core::Stream for Pieces {
    type Item = Result<http_body::Frame<Bytes>, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop_front().map(|piece| piece.map(http_body::Frame::data)))
    }
}

#[handler("/measured", in = Outer)]
struct Measured;

#[handler]
impl Measured {
    #[get]
    async fn show(&self) -> Response {
        sized()
    }
}

#[tokio::test]
async fn a_stream_of_a_known_length_is_whole_when_all_of_it_was_taken() {
    let log = Log::default();
    let mut server = Server::start(Application::empty().handler::<Measured>().state(log.clone())).await;
    assert_eq!(server.ask("GET", "/outer/measured").await.body, b"abcd");
    server.stop();
    server.ended().await;
    assert_eq!(log.take(), ["outer ann 200 4 gone=false panicked=false"]);
}

#[scope("/asks")]
struct Asks;

#[scope]
impl Asks {
    #[finish]
    async fn done(&self, _: Extension<u64>) {}
}

#[handler("/", in = Asks)]
struct Leaves;

#[handler]
impl Leaves {
    #[prepare]
    async fn leave(&self) -> Result<u64, StatusCode> {
        Ok(7)
    }

    #[prepare]
    async fn nothing(&self) -> Result<(), StatusCode> {
        Ok(())
    }

    #[get]
    async fn show(&self, _: Option<Extension<()>>) -> &'static str {
        "hello"
    }
}

#[tokio::test]
async fn what_a_handler_leaves_does_not_reach_its_scope() {
    let report = Application::empty().handler::<Leaves>().check().expect_err("a report").to_string();
    assert!(report.contains("type `u64`"), "{report}");
    assert!(report.contains("type `()`"), "{report}");
}

#[get("/{name}")]
async fn named(name: String) -> String {
    name
}

#[tokio::test]
async fn a_slash_and_a_backslash_name_no_other_site() {
    let client = TestClient::new(Application::empty().handler::<named>().trailing_slash(TrailingSlash::Redirect));
    assert_eq!(client.get("/x/").await.expect("an answer").header("location"), "/x");
    let answer = client.get("/\\evil.example/").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (404, ""));
}

async fn elsewhere(mut request: Request, next: Next) -> Response {
    *request.uri_mut() = "/x/yyyyyyyyyyyyy".parse().expect("an address");
    next.run(request).await
}

#[get("/items/{id}", middleware = elsewhere)]
async fn item(id: String) -> String {
    id
}

#[tokio::test]
async fn parameters_stay_those_of_the_path_that_matched() {
    let client = TestClient::new(Application::empty().handler::<item>());
    assert_eq!(client.get("/items/seven").await.expect("an answer").text().expect("text"), "seven");
}

#[derive(Clone)]
struct Shows;

impl tower_service::Service<http::Request<Body>> for Shows {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let whole = request.extensions().get::<OriginalUri>().map(|uri| uri.0.path().to_owned());
        let peer = request.extensions().get::<Peer>().is_some();
        std::future::ready(Ok(http::Response::new(format!("{} peer={peer}", whole.unwrap_or_default()).into())))
    }
}

#[tokio::test]
async fn a_mounted_service_knows_peer_and_whole_path() {
    let inner = Application::empty().mount_service("/b", Shows).into_service().expect("a service");
    let mut server = Server::start(Application::empty().mount_service("/a", inner)).await;
    let reply = server.ask("GET", "/a/b/c").await;
    assert_eq!(String::from_utf8_lossy(&reply.body), "/a/b/c peer=true");
    server.stop();
    server.ended().await;
}

async fn page(failure: Failure) -> Response {
    (failure.status(), "sorry").into_response()
}

async fn cookie(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().append("set-cookie", http::HeaderValue::from_static("a=1"));
    response.headers_mut().append("set-cookie", http::HeaderValue::from_static("b=2"));
    response
}

#[tokio::test]
async fn a_failure_keeps_what_layers_added() {
    let app = Application::empty().handler::<named>();
    let client = TestClient::new(app.layer(CorsLayer::permissive()).middleware(cookie).on_error(page));
    let answer = client.get("/a/b").header("origin", "https://app.example").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.header("access-control-allow-origin")), (404, "*"));
    assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 2);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.text().expect("text"), "sorry");
}

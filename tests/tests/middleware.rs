//! Middleware, layers of tower, services beside the handlers, and the application as a service.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use squall::http::{self, HeaderValue};
use squall::middleware::{Middleware, Next, OriginalUri};
use squall::testing::TestClient;
use squall::{
    Application, Body, Error, Extension, IntoResponse as _, MatchedRoute, Redirect, Request, Response, State,
    StatusCode, TrailingSlash, get, post,
};
use tower_service::Service;

#[path = "middleware/layers.rs"]
mod layers;

#[get("/")]
async fn index() -> &'static str {
    "index"
}

#[get("/items/{id}")]
async fn item(id: u32, route: MatchedRoute) -> String {
    format!("{id} by {}", route.path())
}

#[post("/echo")]
async fn echo(text: String) -> String {
    text
}

#[get("/who")]
async fn who(Extension(name): Extension<&'static str>) -> &'static str {
    name
}

#[get("/panics")]
async fn panics() -> &'static str {
    panic!("on purpose")
}

#[get("/with/", register = false)]
async fn with() -> &'static str {
    "with"
}

fn app() -> Application {
    Application::empty().handler::<index>().handler::<item>().handler::<echo>().handler::<panics>()
}

fn mark(mut response: Response, what: &'static str) -> Response {
    response.headers_mut().append("x-passed", HeaderValue::from_static(what));
    response
}

fn passed(answer: &squall::testing::Answer<impl Sized>) -> Vec<&str> {
    answer.headers().get_all("x-passed").iter().filter_map(|value| value.to_str().ok()).collect()
}

struct Mark(&'static str);

impl Middleware for Mark {
    async fn handle(&self, request: Request, next: Next) -> Response {
        mark(next.run(request).await, self.0)
    }
}

#[tokio::test]
async fn the_first_stands_outermost_and_all_see_what_has_no_route() {
    let client = TestClient::new(app().middleware(Mark("first")).middleware(Mark("second")).middleware(Mark("third")));
    for path in ["/", "/nowhere", "/items/x"] {
        let answer = client.get(path).await.expect("an answer");
        assert_eq!(passed(&answer), ["third", "second", "first"], "{path}");
    }
    assert_eq!(client.post("/").await.expect("an answer").status(), 405);
}

#[tokio::test]
async fn a_middleware_may_answer_by_itself() {
    async fn shut(_: Request, _: Next) -> (StatusCode, &'static str) {
        (StatusCode::SERVICE_UNAVAILABLE, "closed")
    }
    let client = TestClient::new(app().middleware(Mark("outside")).middleware(shut).middleware(Mark("inside")));
    let answer = client.get("/").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.text().expect("text")), (503, "closed"));
    assert_eq!(passed(&answer), ["outside"]);
}

#[tokio::test]
async fn a_middleware_may_send_the_request_elsewhere() {
    async fn rewrite(mut request: Request, next: Next) -> Response {
        let seen = request.extract::<MatchedRoute>().await.map(|route| route.path().to_owned());
        if request.uri().path() == "/old" {
            *request.uri_mut() = "/items/7".parse().expect("a target");
            assert!(seen.is_err(), "no route had it");
        }
        next.run(request).await
    }
    let client = TestClient::new(app().middleware(rewrite));
    assert_eq!(client.get("/old").await.expect("an answer").text().expect("text"), "7 by /items/{id}");
    assert_eq!(client.get("/items/8").await.expect("an answer").text().expect("text"), "8 by /items/{id}");
}

#[tokio::test]
async fn a_middleware_has_state_and_leaves_values() {
    async fn count(mut request: Request, next: Next) -> Result<Response, StatusCode> {
        let Ok(seen) = request.extract::<State<AtomicU32>>().await else {
            return Err(StatusCode::INTERNAL_SERVER_ERROR);
        };
        seen.fetch_add(1, Ordering::Relaxed);
        request.extensions_mut().insert("ann");
        Ok(next.run(request).await)
    }
    let app = app().handler::<who>().provides::<&'static str>().state(AtomicU32::new(0)).middleware(count);
    let client = TestClient::new(app);
    assert_eq!(client.get(who {}).await.expect("an answer").text().expect("text"), "ann");
    assert_eq!(client.get("/nowhere").await.expect("an answer").status(), 404);
    assert_eq!(client.state::<AtomicU32>().expect("the state").load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_middleware_reads_and_replaces_bodies() {
    async fn shout(mut request: Request, next: Next) -> Result<Response, Error> {
        let text = String::from_utf8_lossy(&request.bytes().await?).to_uppercase();
        *request.body_mut() = text.into();
        Ok(next.run(request).await.map(|_| Body::from("replaced")))
    }
    let client = TestClient::new(app().middleware(shout));
    assert_eq!(client.post(echo {}).body("quiet").await.expect("an answer").text().expect("text"), "replaced");
    let long = "x".repeat(2 * 1024 * 1024 + 1);
    assert_eq!(client.post(echo {}).body(long).await.expect("an answer").status(), 413);
}

#[tokio::test]
async fn a_panic_in_a_middleware_is_one_500() {
    async fn fail(request: Request, next: Next) -> Response {
        assert!(request.uri().path() != "/items/13", "on purpose");
        next.run(request).await
    }
    let client = TestClient::new(app().middleware(Mark("outside")).middleware(fail));
    assert_eq!(client.get("/items/13").await.expect("an answer").status(), 500);
    assert_eq!(client.get("/items/12").await.expect("an answer").status(), 200);
    // A panic in the handler ends there, and what stands around it sees the answer.
    let answer = client.get("/panics").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), passed(&answer)), (500, vec!["outside"]));
}

/// A service that tells what it was asked.
#[derive(Clone)]
struct Tells;

impl Service<http::Request<Body>> for Tells {
    type Response = http::Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<http::Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let original = request.extensions().get::<OriginalUri>().map(|OriginalUri(uri)| uri.to_string());
        let text = format!("{} {} of {}", request.method(), request.uri(), original.unwrap_or_default());
        ready(Ok(http::Response::new(text)))
    }
}

#[tokio::test]
async fn a_service_is_mounted_under_a_prefix() {
    let client = TestClient::new(app().mount_service("/old/place", Tells));
    for (path, want) in [
        ("/old/place", "GET / of /old/place"),
        ("/old/place/", "GET / of /old/place/"),
        ("/old/place?a=b", "GET /?a=b of /old/place?a=b"),
        ("/old/place/a%2Fb/c?d", "GET /a%2Fb/c?d of /old/place/a%2Fb/c?d"),
        ("/old/place//x", "GET /x of /old/place//x"),
        ("/old/place//evil.example/", "GET /evil.example/ of /old/place//evil.example/"),
    ] {
        assert_eq!(client.get(path).await.expect("an answer").text().expect("text"), want);
    }
    assert_eq!(client.delete("/old/place/x").await.expect("an answer").status(), 200);
    assert_eq!(client.get("/old/places").await.expect("an answer").status(), 404);
    for wrong in ["", "/", "x", "/a/", "/{id}"] {
        let report = app().mount_service(wrong, Tells).check().expect_err("a report").to_string();
        assert!(report.contains("is no prefix"), "{wrong:?}: {report}");
    }
    let twice = app().mount_service("/items/{id}", Tells).mount_service("/a", Tells).mount_service("/a", Tells);
    let report = twice.check().expect_err("a report").to_string();
    assert!(report.contains("/a is taken already"), "{report}");
}

#[tokio::test]
async fn a_fallback_answers_what_no_route_has() {
    async fn lost(request: Request) -> (StatusCode, String) {
        (StatusCode::NOT_FOUND, format!("nothing at {}", request.uri().path()))
    }
    let client = TestClient::new(app().fallback(lost).middleware(Mark("outside")));
    let answer = client.get("/nowhere").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.text().expect("text")), (404, "nothing at /nowhere"));
    assert_eq!(passed(&answer), ["outside"]);
    assert_eq!(client.post("/").await.expect("an answer").status(), 405);

    let client = TestClient::new(Application::empty().fallback_service(Tells));
    assert_eq!(client.put("/x?y").await.expect("an answer").text().expect("text"), "PUT /x?y of ");
}

#[tokio::test]
async fn the_application_is_a_service() {
    let mut service = app().into_service().expect("an application without faults");
    let mut other = service.clone();
    let request = |path: &str| http::Request::get(path).body("any body".to_owned()).expect("a request");
    let Ok(response) = service.call(request("/items/7")).await;
    assert_eq!(response.into_body().collect(100).await.expect("a body"), "7 by /items/{id}");
    let Ok(response) = other.call(request("/nowhere")).await;
    assert_eq!(response.status(), 404);
    // An application inside another.
    let client = TestClient::new(Application::empty().mount_service("/inner", service));
    assert_eq!(client.get("/inner/items/8").await.expect("an answer").text().expect("text"), "8 by /items/{id}");
}

#[tokio::test]
async fn slashes_at_the_end_lead_to_the_other_form() {
    let strict = TestClient::new(app());
    assert_eq!(strict.get("/items/7/").await.expect("an answer").status(), 404);
    let client = TestClient::new(app().handler::<with>().trailing_slash(TrailingSlash::Redirect));
    let moved = async |method: http::Method, path: &str| {
        let answer = client.request(method, path).await.expect("an answer");
        (answer.status().as_u16(), answer.header("location").to_owned())
    };
    assert_eq!(moved(http::Method::GET, "/items/7/?foo=bar").await, (301, "/items/7?foo=bar".into()));
    assert_eq!(moved(http::Method::GET, "/with?foo=bar").await, (301, "/with/?foo=bar".into()));
    assert_eq!(moved(http::Method::POST, "/echo/").await, (308, "/echo".into()));
    assert_eq!(moved(http::Method::POST, "/with").await.0, 404);
    assert_eq!(moved(http::Method::GET, "/nowhere/").await.0, 404);
    assert_eq!(moved(http::Method::GET, "//items/7/").await.0, 404);
}

#[tokio::test]
async fn paths_that_moved_lead_on() {
    let app =
        app().redirect("/a/{x}/{y}", "/b/{y}/{x}").redirect("/src", "/items/7").redirect("/tail/{*rest}", "/{*rest}");
    let client = TestClient::new(app);
    let moved = async |path: &str| {
        let answer = client.get(path).await.expect("an answer");
        (answer.status().as_u16(), answer.header("location").to_owned())
    };
    assert_eq!(moved("/a/b/c").await, (301, "/b/c/b".into()));
    assert_eq!(moved("/a/b%2Fc/d?e=f").await, (301, "/b/d/b%2Fc?e=f".into()));
    assert_eq!(moved("/src?foo2=bar2").await, (301, "/items/7?foo2=bar2".into()));
    assert_eq!(moved("/tail/x/y").await, (301, "/x/y".into()));
    // Never to another site.
    assert_eq!(moved("/tail//evil.example/x").await.0, 404);
    let alone = TestClient::new(Application::empty().redirect("/old", "/new"));
    assert_eq!(alone.get("/old").await.expect("an answer").header("location"), "/new");
    let report = self::app().redirect("/a/{x}", "/b/{y}").redirect("x", "/").check().expect_err("a report").to_string();
    assert!(report.contains("a parameter `y`"), "{report}");
    assert!(report.contains("x is no path"), "{report}");
}

#[tokio::test]
async fn what_fails_in_a_middleware_is_an_answer() {
    async fn away(request: Request, _: Next) -> Result<Response, Redirect> {
        if request.headers().contains_key("x-key") {
            return Ok("in".into_response());
        }
        Err(Redirect::to("/login"))
    }
    let client = TestClient::new(app().middleware(away));
    assert_eq!(client.get("/").await.expect("an answer").header("location"), "/login");
    assert_eq!(client.get("/").header("x-key", "1").await.expect("an answer").text().expect("text"), "in");
}

#[tokio::test]
async fn a_dropped_request_drops_the_chain() {
    async fn wait(request: Request, next: Next) -> Response {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        next.run(request).await
    }
    let client = TestClient::new(app().middleware(wait));
    let call = IntoFuture::into_future(client.get("/"));
    assert!(tokio::time::timeout(Duration::from_millis(20), call).await.is_err());
}

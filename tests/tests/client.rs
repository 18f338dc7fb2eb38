//! The test client: typed calls, plain paths, cookies, redirects, and what it says when something is wrong.

use squall::http::Request as HttpRequest;
use squall::testing::TestClient;
use squall::{
    Application, Body, Html, IntoResponse as _, Json, Method, NoContent, Redirect, Request, Response, State,
    StatusCode, get, handler, post, put,
};

#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct View {
    id: u32,
    name: String,
}

#[handler("/items/{id}")]
struct Item {
    id: u32,
    #[query]
    long: Option<bool>,
    #[header]
    x_name: Option<String>,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> Result<Json<View>, StatusCode> {
        if self.id == 0 {
            return Err(StatusCode::NOT_FOUND);
        }
        Ok(Json(View { id: self.id, name: self.x_name.clone().unwrap_or_else(|| "none".to_owned()) }))
    }

    #[put]
    async fn replace(&self, view: Json<View>) -> (StatusCode, Json<View>) {
        (StatusCode::CREATED, Json(View { id: self.id, name: view.0.name }))
    }

    #[patch]
    async fn change(&self, text: String) -> Html<String> {
        Html(format!("<p>{} {:?} {text}", self.id, self.long))
    }

    #[delete]
    async fn remove(&self) -> NoContent {
        NoContent
    }

    #[head]
    async fn look(&self) -> ([(&'static str, &'static str); 1], ()) {
        ([("x-looked", "yes")], ())
    }

    #[options]
    async fn ways(&self) -> &'static str {
        "ways"
    }

    #[method("PURGE")]
    async fn purge(&self) -> String {
        format!("purged {}", self.id)
    }
}

#[get("/bytes")]
async fn bytes() -> Vec<u8> {
    vec![0xFF]
}

#[get("/echo")]
async fn echo(request: Request) -> String {
    let mut lines: Vec<String> =
        request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().expect("ASCII"))).collect();
    lines.sort();
    format!("{} {} {}", request.method(), request.uri(), lines.join(" | "))
}

#[post("/echo")]
async fn echo_body(request: Request) -> String {
    let types = request.headers().get_all("content-type").iter();
    let types: Vec<_> = types.map(|value| value.to_str().expect("ASCII").to_owned()).collect();
    format!("{} {:?}", types.join(" | "), request.into_http().into_body().collect(100).await.expect("a body"))
}

#[handler("/jar/{name}")]
struct Jar {
    name: String,
}

#[handler]
impl Jar {
    #[post]
    async fn set(&self) -> ([(&'static str, String); 1], NoContent) {
        ([("set-cookie", format!("{}=v; Path=/; HttpOnly", self.name))], NoContent)
    }

    #[put]
    async fn expire(&self, date: String) -> ([(&'static str, String); 1], NoContent) {
        ([("set-cookie", format!("{}=; Path=/; Expires={date}", self.name))], NoContent)
    }

    #[delete]
    async fn remove(&self) -> ([(&'static str, String); 1], NoContent) {
        ([("set-cookie", format!("{}=; Max-Age=0", self.name))], NoContent)
    }
}

/// Answers every method with a redirect as the query says.
#[handler("/moved/deep/{status}")]
struct Moved {
    status: u16,
    #[query]
    location: String,
}

#[handler]
impl Moved {
    #[get]
    async fn get(&self) -> Response {
        let mut response = StatusCode::from_u16(self.status).expect("a status").into_response();
        response.headers_mut().insert("location", self.location.parse().expect("a value"));
        response
    }

    #[post]
    async fn post(&self) -> Response {
        self.get().await
    }

    #[put]
    async fn put(&self) -> Response {
        self.get().await
    }
}

#[put("/echo")]
async fn echo_put() -> &'static str {
    "PUT"
}

#[get("/login")]
async fn login() -> ([(&'static str, &'static str); 1], Redirect) {
    ([("set-cookie", "user=ann")], Redirect::to("/echo?from=login"))
}

#[handler("/to/{kind}")]
struct To {
    kind: String,
}

#[handler]
impl To {
    #[get]
    #[expect(clippy::unused_async, reason = "it is a handler")]
    async fn go(&self) -> Result<Redirect, (StatusCode, [(&'static str, &'static str); 1], ())> {
        match self.kind.as_str() {
            "see" => Ok(Redirect::to("/echo")),
            "kept" => Ok(Redirect::temporary("/echo?kept")),
            "loop" => Ok(Redirect::to(To::at("loop".into()))),
            "twice" => Ok(Redirect::permanent(To::at("see".into()))),
            "away" => Ok(Redirect::external("https://example.com/echo")),
            "bare" => Err((StatusCode::FOUND, [("x-no", "location")], ())),
            _ => Err((StatusCode::NOT_MODIFIED, [("location", "/echo")], ())),
        }
    }

    #[post]
    async fn after_form(&self) -> Redirect {
        if self.kind == "kept" { Redirect::temporary("/echo") } else { Redirect::to("/echo") }
    }
}

#[get("/state", register = false)]
async fn state(number: State<u32>) -> String {
    number.to_string()
}

fn client() -> TestClient {
    TestClient::new(Application::new())
}

#[tokio::test]
async fn answers_have_the_type_of_their_verb() {
    let client = client();
    let view: View = client.get(Item::at(7)).await.expect("sent").json().expect("JSON");
    assert_eq!(view, View { id: 7, name: "none".into() });
    let named = Item { x_name: Some("ann".into()), ..Item::at(8) };
    assert_eq!(client.get(named).await.expect("sent").json().expect("JSON").name, "ann");
    let put = client.put(Item::at(9)).body(Json(View { id: 0, name: "new".into() })).await.expect("sent");
    assert_eq!((put.status().as_u16(), put.json().expect("JSON")), (201, View { id: 9, name: "new".into() }));
    let patch = client.patch(Item { long: Some(true), ..Item::at(1) }).body("text").await.expect("sent");
    assert_eq!(patch.text().expect("text"), "<p>1 Some(true) text");
    assert_eq!(client.delete(Item::at(1)).await.expect("sent").status(), 204);
    assert_eq!(client.head(Item::at(1)).await.expect("sent").header("x-looked"), "yes");
    assert_eq!(client.options(Item::at(1)).await.expect("sent").text().expect("text"), "ways");
}

#[tokio::test]
async fn json_of_a_refusal_is_an_error_that_shows_it() {
    let client = client();
    let refused = client.get(Item::at(0)).await.expect("an answer is no error");
    assert_eq!(refused.status(), 404);
    let error = refused.json().expect_err("no success");
    assert!(error.is_answer());
    assert!(error.to_string().contains("404 Not Found") && error.to_string().contains("about:blank"), "{error}");
    let problem: serde_json::Value = refused.json_as().expect("a problem is JSON");
    assert_eq!(problem["status"], 404);
    let error = client.get("/items/1").await.expect("sent").json_as::<Vec<u8>>().expect_err("another shape");
    assert!(error.is_answer() && error.to_string().contains(r#""id":1"#), "{error}");
    let error = client.get(bytes {}).await.expect("sent").text().expect_err("no text").to_string();
    assert_eq!(error, "the answer is not UTF-8");
    assert_eq!(client.get(bytes {}).await.expect("sent").bytes().as_ref(), [0xFF]);
}

#[tokio::test]
async fn paths_as_text_are_untyped() {
    let client = client();
    assert_eq!(client.get("/items/5").await.expect("sent").json_as::<View>().expect("JSON").id, 5);
    assert_eq!(client.get(String::from("/items/x")).await.expect("sent").status(), 400);
    assert_eq!(client.get(Item::at(6).url()).await.expect("sent").status(), 200);
    assert_eq!(client.get("/nothing").await.expect("sent").status(), 404);
    for bad in ["/a b", "/\u{e9}\n", ""] {
        assert!(client.get(bad).await.expect_err("no address").is_link(), "{bad:?}");
    }
}

#[tokio::test]
async fn any_method_can_be_sent() {
    let client = client();
    let purge = Method::from_bytes(b"PURGE").expect("a method");
    let answer = client.request(purge.clone(), Item::at(3)).await.expect("sent");
    assert_eq!(answer.text().expect("text"), "purged 3");
    for path in [client.request(purge.clone(), "/items/4"), client.request(purge.clone(), String::from("/items/4"))] {
        assert_eq!(path.await.expect("sent").text().expect("text"), "purged 4");
    }
    assert_eq!(client.request(purge.clone(), Item::at(5).url()).await.expect("sent").text().expect("text"), "purged 5");
    assert!(client.request(purge.clone(), "/a b").await.expect_err("no address").is_link());
    assert_eq!(client.request(purge, echo {}).await.expect("sent").status(), 405);
}

#[tokio::test]
async fn a_request_that_cannot_be_made_is_an_error_of_the_call() {
    let client = client();
    let header = |name: &'static str, value: &'static str| client.get("/echo").header(name, value);
    assert!(header("x a", "1").await.expect_err("no name").is_link());
    assert!(header("x-a", "1\r\nx-b: 2").await.expect_err("no value").is_link());
    let unfit = Item { x_name: Some("a\nb".into()), ..Item::at(1) };
    assert!(client.get(unfit).await.expect_err("no value").is_link());
    assert!(client.post(Jar { name: String::new() }).await.expect_err("no path").is_link());
}

#[tokio::test]
async fn headers_are_added_and_a_body_brings_its_type() {
    let client = client();
    let answer = client.get("/echo?x=1").header("x-b", "2").header("X-A", "1").header("x-a", "3").await.expect("sent");
    assert_eq!(answer.text().expect("text"), "GET /echo?x=1 x-a: 1 | x-a: 3 | x-b: 2");
    let answer = client.post("/echo").body(Json(1)).await.expect("sent");
    assert_eq!(answer.text().expect("text"), r#"application/json b"1""#);
    let answer = client.post("/echo").body("1").header("Content-Type", "application/json").await.expect("sent");
    assert_eq!(answer.text().expect("text"), r#"application/json b"1""#, "there is one content type");
    let answer = client.post("/echo").header("content-type", "a/b").body("1").await.expect("sent");
    assert_eq!(answer.text().expect("text"), r#"a/b b"1""#, "the one that was given");
}

#[tokio::test]
async fn cookies_are_kept_and_removed() {
    let client = client();
    client.post(Jar { name: "a".into() }).await.expect("sent");
    client.post(Jar { name: "b".into() }).await.expect("sent");
    assert_eq!(client.get("/echo").await.expect("sent").text().expect("text"), "GET /echo cookie: a=v; b=v");
    let own = client.get("/echo").header("cookie", "c=1").await.expect("sent");
    assert_eq!(own.text().expect("text"), "GET /echo cookie: a=v; b=v; c=1");
    client.delete(Jar { name: "a".into() }).await.expect("sent");
    assert_eq!(client.get("/echo").await.expect("sent").text().expect("text"), "GET /echo cookie: b=v");
    client.put(Jar { name: "b".into() }).body("Thu, 01 Jan 1970 00:00:00 GMT").await.expect("sent");
    assert_eq!(client.get("/echo").await.expect("sent").text().expect("text"), "GET /echo ", "its time is over");
    assert_eq!(self::client().get("/echo").await.expect("sent").text().expect("text"), "GET /echo ");
}

#[tokio::test]
async fn redirects_are_followed_on_request() {
    let client = client();
    let stays = client.get(To::at("see".into())).await.expect("sent");
    assert_eq!((stays.status().as_u16(), stays.header("location")), (303, "/echo"));
    let goes = client.get(To::at("see".into())).header("x-a", "1").follow_redirects().await.expect("followed");
    assert_eq!(goes.text().expect("text"), "GET /echo x-a: 1");
    let form = client.post(To::at("see".into())).body("form").follow_redirects().await.expect("followed");
    assert_eq!(form.text().expect("text"), "GET /echo ", "the type goes with the body");
    let kept = client.get(To::at("kept".into())).follow_redirects().await.expect("followed");
    assert_eq!(kept.text().expect("text"), "GET /echo?kept ");
    let twice = client.get(To::at("twice".into())).follow_redirects().await.expect("followed");
    assert_eq!(twice.text().expect("text"), "GET /echo ");
    let login = client.get(login {}).follow_redirects().await.expect("followed");
    assert_eq!(login.text().expect("text"), "GET /echo?from=login cookie: user=ann");
}

#[tokio::test]
async fn a_relative_location_is_resolved() {
    let client = client();
    for (location, uri) in [
        ("../../echo?a=b#c", "/echo?a=b"),
        ("/x/../echo", "/echo"),
        ("./../../../../echo?x=../y", "/echo?x=../y"),
        ("?location=../../echo?again", "/echo?again"),
    ] {
        let moved = Moved { status: 302, location: location.into() };
        let answer = client.get(moved).follow_redirects().await.expect("followed");
        assert_eq!(answer.text().expect("text"), format!("GET {uri} "), "{location}");
    }
    for away in ["//example.com/echo", "https:echo", "/\\example.com", "mailto:ann@example.com"] {
        let moved = Moved { status: 302, location: away.into() };
        let error = client.get(moved).follow_redirects().await.expect_err("another site");
        assert!(error.is_answer() && error.to_string().contains(away), "{error}");
    }
}

#[tokio::test]
async fn a_redirect_changes_the_method_as_its_status_says() {
    let client = client();
    let to = |status| Moved { status, location: "/echo".into() };
    for status in [301, 302, 303] {
        let answer = client.post(to(status)).body("form").follow_redirects().await.expect("followed");
        assert_eq!(answer.text().expect("text"), "GET /echo ", "{status}");
    }
    for status in [301, 302, 307, 308] {
        let answer = client.put(to(status)).follow_redirects().await.expect("followed");
        assert_eq!(answer.text().expect("text"), "PUT", "{status}");
        let error = client.put(to(status)).body("text").follow_redirects().await.expect_err("the body is gone");
        assert!(error.is_answer() && error.to_string().contains("the body is gone"), "{error}");
    }
    let answer = client.put(to(303)).body("text").follow_redirects().await.expect("followed");
    assert_eq!(answer.text().expect("text"), "GET /echo ");
    let answer = client.request(Method::HEAD, to(303)).follow_redirects().await.expect("followed");
    assert_eq!((answer.status().as_u16(), answer.text().expect("text")), (200, ""), "HEAD stays");
}

#[tokio::test]
async fn redirects_that_lead_nowhere_end() {
    let client = client();
    let error = client.get(To::at("loop".into())).follow_redirects().await.expect_err("a loop");
    assert!(error.is_answer() && error.to_string().contains("more than 10 redirects in a row"), "{error}");
    let error = client.post(To::at("kept".into())).body("form").follow_redirects().await.expect_err("the body is gone");
    assert!(error.is_answer(), "{error}");
    let error = client.get(To::at("away".into())).follow_redirects().await.expect_err("another site");
    assert!(error.is_answer() && error.to_string().contains("https://example.com/echo"), "{error}");
    for (kind, status) in [("bare", 302), ("unchanged", 304)] {
        let answer = client.get(To::at(kind.into())).follow_redirects().await.expect("an answer");
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn a_raw_request_goes_as_it_is() {
    let client = client();
    client.post(Jar { name: "a".into() }).await.expect("sent");
    let request = HttpRequest::builder().uri("http://example.com/echo?x").header("x-a", "1").body(Body::empty());
    let response = client.send(Request::from(request.expect("a request"))).await;
    let body = response.into_body().collect(100).await.expect("a body");
    assert_eq!(body, "GET http://example.com/echo?x x-a: 1");
}

#[tokio::test]
async fn one_client_serves_many_calls_at_once() {
    let client = client();
    let (left, right) = tokio::join!(client.get(Item::at(1)), client.get(Item::at(2)));
    assert_eq!((left.expect("sent").json().expect("JSON").id, right.expect("sent").json().expect("JSON").id), (1, 2));
}

#[tokio::test]
async fn several_applications_live_in_one_program() {
    let one = TestClient::new(Application::empty().handler::<state>().state(1_u32));
    let two = TestClient::new(Application::empty().handler::<state>().state(2_u32));
    assert_eq!(one.get(state {}).await.expect("sent").text().expect("text"), "1");
    assert_eq!(two.get(state {}).await.expect("sent").text().expect("text"), "2");
    assert_eq!(one.get("/echo").await.expect("sent").status(), 404);
}

#[test]
#[should_panic(expected = "no state of type `u32` is given, and handlers need it")]
fn an_application_that_cannot_start_panics_with_the_report() {
    let _ = TestClient::new(Application::empty().handler::<state>());
}

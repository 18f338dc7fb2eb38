//! The client over TCP against squall's own server: typed calls, redirects between origins, cookies, limits.

use std::time::Duration;

use squall::client::{Answer, Call};
use squall::{
    Application, Body, Client, IntoResponse as _, Json, Method, NoContent, Redirect, Request, Response, State,
    StatusCode, get, handler, post,
};
use squall_tests::{Server, Stage, within};

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
    #[cookie]
    theme: Option<String>,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> Result<Json<View>, StatusCode> {
        if self.id == 0 {
            return Err(StatusCode::NOT_FOUND);
        }
        let name = self.x_name.clone().or_else(|| self.theme.clone()).unwrap_or_else(|| format!("{:?}", self.long));
        Ok(Json(View { id: self.id, name }))
    }

    #[put]
    async fn replace(&self, view: Json<View>) -> (StatusCode, Json<View>) {
        (StatusCode::CREATED, Json(View { id: self.id, name: view.0.name }))
    }

    #[patch]
    async fn change(&self, text: String) -> String {
        format!("{} {text}", self.id)
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

#[get("/echo")]
async fn echo(request: Request) -> String {
    let mut lines: Vec<String> =
        request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().expect("ASCII"))).collect();
    lines.retain(|line| !["host:", "user-agent:", "accept-encoding:"].iter().any(|name| line.starts_with(name)));
    lines.sort();
    format!("{} {} {}", request.method(), request.uri(), lines.join(" | "))
}

#[get("/asked")]
async fn asked(request: Request) -> String {
    let field = |name| request.headers().get(name).expect("a field").to_str().expect("ASCII");
    format!("{:?} {} {}", request.version(), field("user-agent"), field("accept-encoding"))
}

#[post("/echo", body = "10MiB")]
async fn echo_body(body: String) -> String {
    body
}

#[post("/small", body = "16B")]
async fn small(body: String) -> String {
    body
}

/// Redirects where the query says.
#[get("/to/{status}")]
async fn to(status: u16, #[query] location: String) -> Response {
    let mut response = StatusCode::from_u16(status).expect("a status").into_response();
    response.headers_mut().insert("location", location.parse().expect("a value"));
    response
}

#[get("/round")]
async fn round() -> Redirect {
    Redirect::to("/round")
}

#[get("/cookie/{name}")]
async fn cookie(name: String) -> ([(&'static str, String); 1], Redirect) {
    ([("set-cookie", format!("{name}=v; Path=/; HttpOnly"))], Redirect::to("/echo"))
}

#[get("/large/{length}")]
async fn large(length: usize) -> Vec<u8> {
    vec![b'x'; length]
}

/// As large, of a length nobody knows before.
#[get("/stream/{pieces}")]
async fn stream(pieces: usize) -> Response {
    Response::new(Body::new(Pieces(pieces)))
}

struct Pieces(usize);

impl http_body::Body for Pieces {
    type Data = squall::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<squall::Bytes>, Self::Error>>> {
        let frame = (self.0 > 0).then(|| Ok(http_body::Frame::data(squall::Bytes::from_static(b"0123456789"))));
        self.0 = self.0.saturating_sub(1);
        std::task::Poll::Ready(frame)
    }
}

#[get("/encoded")]
async fn encoded() -> ([(&'static str, &'static str); 1], &'static str) {
    ([("content-encoding", "compress")], "not really")
}

#[get("/wait", register = false)]
async fn wait(stage: State<Stage>) -> &'static str {
    let _leaving = stage.tell_on_drop("left");
    stage.tell("waits");
    stage.wait().await;
    "done"
}

async fn start() -> (Server, Client) {
    let server = Server::start(Application::new()).await;
    let client = client(&server);
    (server, client)
}

fn client(server: &Server) -> Client {
    Client::new(&format!("http://{}", server.address())).expect("an address")
}

async fn sent<O>(call: Call<'_, O>) -> squall::Result<Answer<O>> {
    within("an answer", call.into_future()).await
}

async fn text<O>(call: Call<'_, O>) -> String {
    sent(call).await.expect("an answer").text().expect("text").to_owned()
}

#[tokio::test]
async fn answers_have_the_type_of_their_verb() {
    let (server, one) = start().await;
    for client in [one, client(&server).http2()] {
        let view: View = client.get(Item::at(7)).await.expect("sent").json().expect("JSON");
        assert_eq!(view, View { id: 7, name: "None".into() });
        let named = Item { x_name: Some("ann".into()), long: Some(true), ..Item::at(8) };
        assert_eq!(client.get(named).await.expect("sent").json().expect("JSON").name, "ann");
        let dark = Item { theme: Some("dark".into()), ..Item::at(8) };
        assert_eq!(client.get(dark).await.expect("sent").json().expect("JSON").name, "dark");
        let put = client.put(Item::at(9)).body(Json(View { id: 0, name: "new".into() })).await.expect("sent");
        assert_eq!((put.status().as_u16(), put.json().expect("JSON")), (201, View { id: 9, name: "new".into() }));
        assert_eq!(text(client.patch(Item::at(1)).body("text")).await, "1 text");
        assert_eq!(client.delete(Item::at(1)).await.expect("sent").status(), 204);
        assert_eq!(client.head(Item::at(1)).await.expect("sent").header("x-looked"), "yes");
        assert_eq!(text(client.options(Item::at(1))).await, "ways");
        let purge = Method::from_bytes(b"PURGE").expect("a method");
        assert_eq!(text(client.request(purge, Item::at(3))).await, "purged 3");
        let refused = client.get(Item::at(0)).await.expect("an answer is no error");
        assert!(refused.json().expect_err("404").is_answer());
        assert_eq!(client.get("/items/x").await.expect("sent").status(), 400);
        assert_eq!(client.post(String::from("/items/1")).await.expect("sent").status(), 405);
        assert_eq!(client.get(Item::at(6).url()).await.expect("sent").status(), 200);
    }
}

#[tokio::test]
async fn a_request_says_who_asks_and_what_it_reads() {
    let (server, client) = start().await;
    let version = env!("CARGO_PKG_VERSION");
    let own = text(client.get(asked {}).header("user-agent", "me").header("accept-encoding", "br")).await;
    assert_eq!(own, "HTTP/1.1 me br");
    for (client, http) in [(client, "HTTP/1.1"), (self::client(&server).http2(), "HTTP/2.0")] {
        let asked = text(client.get(asked {})).await;
        assert!(asked.starts_with(&format!("{http} squall/{version} ")), "{asked}");
    }
}

#[tokio::test]
async fn a_path_of_the_address_stands_before_every_call() {
    let server = Server::start(Application::empty().mount("/shop", squall::routes!())).await;
    let origin = format!("http://{}", server.address());
    let client = Client::new(&format!("{origin}/shop/")).expect("an address");
    assert_eq!(client.get(Item::at(7)).await.expect("sent").json().expect("JSON").id, 7);
    assert!(text(client.get("/echo?x=1")).await.starts_with("GET /shop/echo?x=1 "));
    assert!(text(client.get(format!("{origin}/shop/echo?y"))).await.starts_with("GET /shop/echo?y "));
    assert_eq!(client.get(format!("{origin}/echo")).await.expect("sent").status(), 404);
    for other in ["http://127.0.0.1:1/echo", "echo", "https://127.0.0.1/", "/a b", "http://ann:pw@127.0.0.1/"] {
        let error = client.get(other).await.expect_err(other);
        assert!(error.is_link() && !error.to_string().contains("pw"), "{other}: {error}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_port_leaves_credentials_behind() {
    let ((here, client), (there, _)) = (start().await, start().await);
    let secrets = |path: String| {
        let call = client.get(path).header("Authorization", "Bearer a").header("cookie", "a=1");
        let call = call.header("proxy-authorization", "b").sensitive_header("x-api-key", "c");
        call.header("host", &here.address().to_string()).header("x-trace", "d").follow_redirects()
    };
    for status in [301, 302, 303, 307, 308] {
        let answer = text(secrets(format!("/to/{status}?location=http://{}/echo", there.address()))).await;
        assert_eq!(answer, "GET /echo x-trace: d", "{status}");
        let network = text(secrets(format!("/to/{status}?location=//{}/echo", there.address()))).await;
        assert_eq!(network, "GET /echo x-trace: d", "{status}");
        for same in ["/echo".to_owned(), format!("http://{}/echo", here.address())] {
            let answer = text(secrets(format!("/to/{status}?location={same}"))).await;
            assert_eq!(
                answer,
                "GET /echo authorization: Bearer a | cookie: a=1 | \
                 proxy-authorization: b | x-api-key: c | x-trace: d",
                "{status} {same}"
            );
        }
    }
    // What was left behind does not come back with a redirect home.
    let home = format!("http://{}/echo", here.address());
    let away = format!("http://{}/to/302?location={home}", there.address());
    let answer = text(secrets(format!("/to/302?location={away}"))).await;
    assert_eq!(answer, "GET /echo x-trace: d");
}

#[tokio::test]
async fn redirects_that_lead_nowhere_end() {
    let (_server, client) = start().await;
    let stays = client.get(round {}).await.expect("sent");
    assert_eq!((stays.status().as_u16(), stays.header("location")), (303, "/round"));
    let error = sent(client.get(round {}).follow_redirects()).await.expect_err("a loop");
    assert!(error.is_answer() && error.to_string().contains("more than 10 redirects in a row"), "{error}");
    for (location, says) in [
        ("https://127.0.0.1:1/echo", "no TLS"),
        ("ftp://127.0.0.1/echo", "no address to follow"),
        ("http://ann:pw@127.0.0.1:1/echo", "no address to follow"),
    ] {
        let path = format!("/to/302?location={location}");
        let error = client.get(path).follow_redirects().await.expect_err("no way");
        assert!(error.is_answer() && error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn cookies_are_kept_on_request_and_for_their_origin() {
    let ((here, client), (there, _)) = (start().await, start().await);
    let plain = text(client.get("/cookie/a").follow_redirects()).await;
    assert_eq!(plain, "GET /echo ", "by default none is kept");
    let client = client.cookies();
    let kept = "GET /echo cookie: a=v";
    assert_eq!(text(client.get("/cookie/a").follow_redirects()).await, kept);
    assert_eq!(text(client.clone().get("/echo")).await, kept, "clones share them");
    assert_eq!(text(self::client(&here).cookies().get("/echo")).await, plain, "others do not");
    let away = |path: &str| format!("/to/302?location=http://{}{path}", there.address());
    assert_eq!(text(client.get(away("/echo")).follow_redirects()).await, plain);
    text(client.get(away("/cookie/b")).follow_redirects()).await;
    assert_eq!(text(client.get("/echo")).await, kept, "a stranger sets none");
}

#[tokio::test]
async fn an_answer_has_a_limit() {
    let (server, client) = start().await;
    let limited = client.clone().body_limit(100);
    for client in [limited.clone(), limited.http2()] {
        for path in ["/large/100", "/stream/10"] {
            assert_eq!(client.get(path).await.expect("all of it").bytes().len(), 100, "{path}");
        }
        for path in ["/large/101", "/stream/11", "/large/1000000", "/stream/100000"] {
            let error = sent(client.get(path)).await.expect_err("too large");
            assert!(error.is_too_large() && error.is_answer(), "{path}: {error}");
            assert_eq!(error.status(), 502, "what another server did is not the caller's fault");
        }
        let response = client.get("/stream/1000").stream().await.expect("a head");
        assert_eq!(response.into_body().collect(usize::MAX).await.expect("a body").len(), 10_000);
    }
    let ten = 10 * 1024 * 1024;
    assert_eq!(client.get(large { length: ten }).await.expect("the default").bytes().len(), ten);
    assert!(client.get(large { length: ten + 1 }).await.expect_err("too large").is_too_large());
    drop(server);
}

#[tokio::test]
async fn bodies_of_any_size_arrive() {
    let (server, one) = start().await;
    for client in [one, client(&server).http2()] {
        for length in [0, 1, 100_000, 5_000_000] {
            let answer = text(client.post(echo_body {}).body("x".repeat(length))).await;
            assert_eq!(answer.len(), length);
        }
        let pieces = client.post(echo_body {}).body(Response::new(Body::new(Pieces(1000))));
        assert_eq!(text(pieces.header("content-type", "text/plain")).await.len(), 10_000);
        let wrong = client.post(echo_body {}).body("four").header("content-length", "2");
        assert_eq!(text(wrong).await, "four", "the length is counted");
        assert_eq!(client.post(small {}).body("x".repeat(17)).await.expect("an answer").status(), 413);
    }
}

#[tokio::test]
async fn a_coding_that_was_not_asked_for_is_refused() {
    let (_server, client) = start().await;
    let error = client.get(encoded {}).await.expect_err("not asked for");
    assert!(error.is_answer() && error.to_string().contains("compress"), "{error}");
    assert_eq!(text(client.get(encoded {}).header("accept-encoding", "compress")).await, "not really");
    assert_eq!(client.head(encoded {}).await.expect("no body").status(), 200);
}

#[tokio::test]
async fn a_call_that_takes_too_long_is_given_up() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::empty().handler::<wait>().state(stage.clone())).await;
    let short = Duration::from_millis(50);
    for client in [client(&server).timeout(short), client(&server).timeout(short).http2()] {
        let error = sent(client.get(wait {})).await.expect_err("too long");
        assert!(error.is_timeout() && !error.is_answer(), "{error}");
        assert_eq!(error.status(), 504);
        assert_eq!((events.next().await, events.next().await), ("waits", "left"), "the server is told");
    }
    // A call may have its own.
    let client = client(&server).timeout(short);
    let (answer, ()) = tokio::join!(sent(client.get(wait {}).timeout(Duration::from_secs(60))), async {
        assert_eq!(events.next().await, "waits");
        tokio::time::sleep(2 * short).await;
        stage.open(1);
    });
    assert_eq!(answer.expect("in time").text().expect("text"), "done");
}

#[tokio::test]
async fn a_dropped_call_is_given_up() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::empty().handler::<wait>().state(stage)).await;
    let client = client(&server);
    let call = tokio::spawn(async move { client.get(wait {}).await.map(drop) });
    assert_eq!(events.next().await, "waits");
    call.abort();
    assert_eq!(events.next().await, "left");
}

#[tokio::test]
async fn one_client_serves_many_calls_at_once() {
    let (server, one) = start().await;
    for client in [one, client(&server).http2()] {
        let calls = (0..50).map(|id| {
            let client = client.clone();
            tokio::spawn(async move { client.get(Item::at(id + 1)).await?.json().map(|view| view.id) })
        });
        for (id, call) in calls.collect::<Vec<_>>().into_iter().enumerate() {
            let got = call.await.expect("no panic").expect("an answer");
            assert_eq!(got as usize, id + 1);
        }
    }
}

#[tokio::test]
async fn a_server_that_comes_back_is_found_again() {
    let server = Server::start(Application::new()).await;
    let (address, client) = (server.address(), client(&server));
    assert_eq!(client.get(Item::at(1)).await.expect("sent").status(), 200);
    server.cut().await;
    let error = sent(client.get(Item::at(1))).await.expect_err("nobody listens");
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.status(), 502);
    let listener = tokio::net::TcpListener::bind(address).await.expect("the port is free again");
    let back = tokio::spawn(Application::new().serve(listener, std::future::pending()));
    assert_eq!(client.get(Item::at(2)).await.expect("sent").status(), 200);
    back.abort();
}

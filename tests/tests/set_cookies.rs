//! What an answer writes into its head: cookies, names of files, addresses of what was made.

use squall::testing::TestClient;
use squall::{
    AppendHeaders, Application, Attachment, Created, IntoResponse, Json, Redirect, Response, Routes, SetCookie,
    StatusCode, get, handler, post,
};
use squall_tests::{Reply, Server};

#[handler("/cookies/{name}")]
struct Cookies {
    name: String,
}

#[handler]
impl Cookies {
    #[get]
    async fn set(&self) -> Response {
        let cookie = SetCookie::new("a", "1");
        match self.name.as_str() {
            "one" => (cookie, "text").into_response(),
            "two" => ([cookie, SetCookie::removal("b")], "text").into_response(),
            "many" => (StatusCode::ACCEPTED, vec![cookie, SetCookie::new("b", "2")], "text").into_response(),
            "beside" => (cookie, (SetCookie::new("b", "2"), "text")).into_response(),
            "none" => (Vec::<SetCookie>::new(), "text").into_response(),
            "path" => (cookie.path("/; Domain=evil.example"), "secret").into_response(),
            "domain" => (cookie.domain("a\r\nX-Evil: 1"), "secret").into_response(),
            "value" => (SetCookie::new("a", "1\r\nX-Evil: 1"), "secret").into_response(),
            "half" => ([cookie, SetCookie::new("b;c", "2")], "secret").into_response(),
            "links" => (AppendHeaders([("link", "</a>"), ("link", "</b>")]), "text").into_response(),
            "bad-link" => (AppendHeaders([("link", "a\r\nx-evil: 1")]), "secret").into_response(),
            other => panic!("no result {other}"),
        }
    }
}

#[get("/reads")]
async fn reads(#[cookie] a: String, #[cookie] b: Option<String>) -> String {
    format!("{a} {b:?}")
}

#[get("/saved")]
async fn saved(#[query] name: String) -> Attachment<&'static str> {
    Attachment::new(name, "text")
}

#[handler("/items/{id}")]
struct Item {
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> Json<u64> {
        Json(self.id)
    }
}

#[post("/items")]
async fn add(#[query] fails: bool) -> Result<Created<Json<u64>>, StatusCode> {
    if fails { Err(StatusCode::CONFLICT) } else { Ok(Created::at(Item::at(7), Json(7))) }
}

#[post("/elsewhere")]
async fn elsewhere() -> Created<&'static str> {
    Created::at("//evil.example", "secret")
}

#[get("/login")]
async fn login(#[query] next: Option<String>) -> Redirect {
    Redirect::local_or(next.unwrap_or_default(), Item::at(1))
}

async fn ask(target: &str) -> Reply {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    wire.send(format!("GET {target} HTTP/1.1\r\nHost: a.example\r\n\r\n")).await;
    wire.reply().await
}

fn all<'a>(reply: &'a Reply, name: &str) -> Vec<&'a str> {
    reply.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
}

const ONE: &str = "a=1; HttpOnly; SameSite=Lax; Secure; Path=/";
const TWO: &str = "b=2; HttpOnly; SameSite=Lax; Secure; Path=/";
const GONE: &str = "b=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

#[tokio::test]
async fn each_cookie_has_a_line_of_its_own() {
    for (name, want) in
        [("one", &[ONE][..]), ("two", &[ONE, GONE]), ("many", &[ONE, TWO]), ("beside", &[TWO, ONE]), ("none", &[])]
    {
        let reply = ask(&format!("/cookies/{name}")).await;
        assert_eq!(all(&reply, "set-cookie"), want, "{name}");
        assert_eq!(reply.text(), "text");
    }
    assert_eq!(all(&ask("/cookies/links").await, "link"), ["</a>", "</b>"]);
}

/// Over plain HTTP to a name of this machine a `Secure` cookie would be of no use.
#[tokio::test]
async fn on_loopback_a_cookie_goes_without_secure() {
    let server = Server::start(Application::new()).await;
    for (host, is_secure) in [
        ("127.0.0.1:8888", false),
        ("localhost", false),
        ("app.localhost:1", false),
        ("[::1]:8888", false),
        ("a.example", true),
        ("127.0.0.1.example", true),
        ("localhost.example", true),
    ] {
        let mut wire = server.connect().await;
        wire.send(format!("GET /cookies/one HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
        let reply = wire.reply().await;
        assert_eq!(all(&reply, "set-cookie")[0].contains("Secure"), is_secure, "{host}");
    }
}

#[tokio::test]
async fn behind_a_proxy_on_this_machine_a_cookie_stays_secure() {
    let server = Server::start(Application::new()).await;
    for field in ["X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1", "Via: 1.1 a"] {
        let mut wire = server.connect().await;
        wire.send(format!("GET /cookies/one HTTP/1.1\r\nHost: 127.0.0.1:8888\r\n{field}\r\n\r\n")).await;
        let reply = wire.reply().await;
        assert!(all(&reply, "set-cookie")[0].contains("Secure"), "{field}");
    }
}

#[tokio::test]
async fn nothing_is_injected_into_a_cookie_or_behind_it() {
    for name in ["path", "domain", "value", "half", "bad-link"] {
        let reply = ask(&format!("/cookies/{name}")).await;
        assert_eq!((reply.status, reply.header("x-evil")), (500, None), "{name}");
        assert!(all(&reply, "set-cookie").is_empty() && !reply.text().contains("secret"), "{name}");
    }
}

#[tokio::test]
async fn the_test_client_keeps_what_was_set() -> squall::Result<()> {
    let client = TestClient::new(Application::new());
    let answer = client.get(Cookies { name: "many".into() }).await?;
    assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 2);
    assert_eq!(client.get("/reads").await?.text()?, "1 Some(\"2\")", "what was set is what is read");
    client.get(Cookies { name: "two".into() }).await?;
    assert_eq!(client.get("/reads").await?.text()?, "1 None", "and what was removed is gone");
    Ok(())
}

#[tokio::test]
async fn an_attachment_has_a_name_that_stays_where_it_is() {
    for (name, want) in [
        ("a.txt", "attachment; filename=\"a.txt\""),
        ("..%2F..%2Fa.txt", "attachment; filename=\"a.txt\""),
        ("a%22%0D%0AX-Evil:1", "attachment; filename=\"a_X-Evil:1\"; filename*=UTF-8''a%22X-Evil%3A1"),
        ("%C3%A4.txt", "attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%A4.txt"),
        ("", "attachment; filename=\"download\""),
    ] {
        let reply = ask(&format!("/saved?name={name}")).await;
        assert_eq!((reply.status, reply.header("x-evil")), (200, None), "{name}");
        assert_eq!(reply.header("content-disposition"), Some(want), "{name}");
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
    }
}

#[tokio::test]
async fn what_was_made_has_an_address() -> squall::Result<()> {
    let client = TestClient::new(Application::new());
    let made = client.post(add { fails: false }).await?;
    assert_eq!((made.status().as_u16(), made.header("location"), made.json()?), (201, "/items/7", 7));
    assert_eq!(client.get(made.header("location")).await?.text()?, "7");
    let refused = client.post(add { fails: true }).await?;
    assert_eq!((refused.status().as_u16(), refused.header("location")), (409, ""));
    let evil = client.post(elsewhere {}).await?;
    assert_eq!((evil.status().as_u16(), evil.header("location")), (500, ""));
    assert!(!evil.text()?.contains("secret"));
    let mounted = Routes::empty().handler::<Item>().handler::<add>();
    let client = TestClient::new(Application::empty().mount("/shop", mounted));
    assert_eq!(client.post(add { fails: false }).await?.header("location"), "/shop/items/7");
    Ok(())
}

#[tokio::test]
async fn an_untrusted_address_leads_nowhere_else() {
    for next in [
        "//evil.example",
        "/%5Cevil.example",
        "%5C%5Cevil.example",
        "/%09/evil.example",
        "%20//evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/a%0D%0ASet-Cookie:%20b=2",
        "evil.example",
        "@evil.example",
        "?a",
        "",
    ] {
        let reply = ask(&format!("/login?next={next}")).await;
        assert_eq!((reply.status, reply.header("location")), (303, Some("/items/1")), "{next}");
        assert!(all(&reply, "set-cookie").is_empty());
    }
    assert_eq!(ask("/login").await.header("location"), Some("/items/1"));
    assert_eq!(ask("/login?next=/basket%3Fstep=2").await.header("location"), Some("/basket?step=2"));
}

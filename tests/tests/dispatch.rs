//! Which handler answers which request, and what is answered where there is none.

use squall::testing::TestClient;
use squall::{Application, NoContent, get, handler, head, options};
use squall_tests::{Reply, Server};

#[get("/")]
async fn index() -> &'static str {
    "index"
}

#[handler("/items/{id}")]
struct Item {
    id: String,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> ([(&'static str, &'static str); 2], String) {
        ([("x-kind", "item"), ("etag", "\"1\"")], format!("item {}", self.id))
    }

    #[delete]
    async fn remove(&self) -> NoContent {
        NoContent
    }

    #[method("PURGE")]
    async fn purge(&self) -> String {
        format!("purged {}", self.id)
    }
}

/// A second struct on the same path, with other verbs and another name for the parameter.
#[handler("/items/{number}")]
struct Store {
    number: String,
}

#[handler]
impl Store {
    #[put]
    async fn replace(&self) -> String {
        format!("replaced {}", self.number)
    }

    #[patch]
    async fn change(self) -> String {
        format!("changed {}", self.number)
    }
}

#[get("/items/new")]
async fn new_item() -> &'static str {
    "new item"
}

#[get("/items/{id}/parts/")]
async fn parts(id: String) -> String {
    format!("parts of {id}")
}

#[get("/files/{*rest}")]
async fn files(rest: String) -> String {
    format!("file {rest}")
}

#[get("/files/{name}")]
async fn file(name: String) -> String {
    format!("one {name}")
}

#[get("/files/readme")]
async fn readme() -> &'static str {
    "readme"
}

#[get("/files/{name}/history")]
async fn history(name: String) -> String {
    format!("history {name}")
}

#[get("/admin")]
async fn admin() -> &'static str {
    "admin"
}

#[get("/café/a%2fb")]
async fn literal() -> &'static str {
    "literal"
}

#[get("/own")]
async fn own() -> &'static str {
    "the body of get"
}

#[head("/own")]
async fn own_head() -> ([(&'static str, &'static str); 1], NoContent) {
    ([("x-own", "head")], NoContent)
}

#[options("/own")]
async fn own_options() -> &'static str {
    "options"
}

#[get("/p/{one}/{two}/{three}/{four}/{five}/{six}")]
async fn many(one: String, two: u8, three: char, four: bool, five: i64, six: String) -> String {
    format!("{one} {two} {three} {four} {five} {six}")
}

fn client() -> TestClient {
    TestClient::new(Application::new())
}

async fn text(client: &TestClient, path: &str) -> (u16, String) {
    let answer = client.get(path).await.expect("a link");
    (answer.status().as_u16(), answer.text().expect("text").to_owned())
}

/// The path leads to this text.
async fn leads(client: &TestClient, path: &str, want: &str) {
    assert_eq!(text(client, path).await, (200, want.to_owned()), "{path}");
}

/// Each path has this status.
async fn all_are(client: &TestClient, status: u16, paths: &[&str]) {
    for path in paths {
        let (is, body) = text(client, path).await;
        assert_eq!(is, status, "{path}: {body}");
    }
}

fn without_date(reply: &Reply) -> Vec<&(String, String)> {
    reply.headers.iter().filter(|(name, _)| name != "date").collect()
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    let get = wire.ask("GET", "/items/7", "").await;
    let head = wire.ask("HEAD", "/items/7", "").await;
    assert_eq!(get.text(), "item 7");
    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-length"), Some("6"));
    assert_eq!(without_date(&head), without_date(&get));
    // Had a body followed, it would stand before the next answer.
    assert_eq!(wire.ask("GET", "/items/8", "").await.text(), "item 8");
    let missing = wire.ask("HEAD", "/nothing", "").await;
    assert_eq!((missing.status, missing.header("content-type")), (404, Some("application/problem+json")));
    assert_eq!(wire.ask("GET", "/", "").await.text(), "index");
}

#[tokio::test]
async fn an_own_head_and_an_own_options_win() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    let head = wire.ask("HEAD", "/own", "").await;
    assert_eq!((head.status, head.header("x-own")), (204, Some("head")));
    assert_eq!(wire.ask("OPTIONS", "/own", "").await.text(), "options");
    let refused = wire.ask("POST", "/own", "").await;
    assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
}

#[tokio::test]
async fn options_names_every_method_sorted() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    let answer = wire.ask("OPTIONS", "/items/7", "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("allow"), Some("DELETE, GET, HEAD, OPTIONS, PATCH, PURGE, PUT"));
    assert_eq!(answer.header("content-length"), None, "RFC 9110 section 8.6");
    assert_eq!(wire.ask("OPTIONS", "/nothing", "").await.status, 404);
    assert_eq!(wire.ask("OPTIONS", "/", "").await.header("allow"), Some("GET, HEAD, OPTIONS"));
}

#[tokio::test]
async fn options_of_the_whole_server_is_answered() {
    let server = Server::start(Application::new()).await;
    assert_eq!(server.ask("OPTIONS", "*").await.status, 204);
    assert_eq!(server.ask("GET", "*").await.status, 404);
}

#[tokio::test]
async fn a_method_without_a_handler_is_405_with_allow() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    for method in ["POST", "FOO", "get", "TRACE", "M-SEARCH", "!#$%&'*+-.^_`|~1"] {
        let answer = wire.ask(method, "/items/7", "").await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("DELETE, GET, HEAD, OPTIONS, PATCH, PURGE, PUT"), "{method}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let body: serde_json::Value = serde_json::from_str(answer.text()).expect("JSON");
        assert_eq!((body["status"].as_u64(), body["title"].as_str()), (Some(405), Some("Method Not Allowed")));
    }
    assert_eq!(wire.ask("PURGE", "/items/7", "").await.text(), "purged 7");
    assert_eq!(server.ask("FOO,BAR", "/items/7").await.status, 400);
}

#[tokio::test]
async fn connect_finds_nothing() {
    let server = Server::start(Application::new()).await;
    assert_eq!(server.ask("CONNECT", "example.com:80").await.status, 404);
}

#[tokio::test]
async fn an_unknown_path_is_404_as_a_problem() {
    let server = Server::start(Application::new()).await;
    let answer = server.ask("GET", "/nothing?x=1").await;
    assert_eq!((answer.status, answer.header("content-type")), (404, Some("application/problem+json")));
    assert_eq!(answer.text(), r#"{"type":"about:blank","title":"Not Found","status":404}"#);
}

#[tokio::test]
async fn the_absolute_form_is_the_path() {
    let server = Server::start(Application::new()).await;
    assert_eq!(server.ask("GET", "http://example.com/items/7?x=1").await.text(), "item 7");
    assert_eq!(server.ask("GET", "http://example.com").await.text(), "index");
    assert_eq!(server.ask("GET", "https://user@example.com:99/items/new").await.text(), "new item");
}

#[tokio::test]
async fn structs_on_one_path_share_it() {
    let client = client();
    assert_eq!(client.put(Store { number: "7".into() }).await.expect("sent").text().expect("text"), "replaced 7");
    assert_eq!(client.patch("/items/8").await.expect("sent").text().expect("text"), "changed 8");
    assert_eq!(client.delete("/items/9").await.expect("sent").status(), 204);
    leads(&client, "/items/7", "item 7").await;
}

#[tokio::test]
async fn static_beats_parameter_beats_tail() {
    let client = client();
    leads(&client, "/items/new", "new item").await;
    leads(&client, "/items/newer", "item newer").await;
    leads(&client, "/items/ne", "item ne").await;
    leads(&client, "/files/readme", "readme").await;
    leads(&client, "/files/other", "one other").await;
    leads(&client, "/files/readme/x", "file readme/x").await;
    leads(&client, "/files/readme/history", "history readme").await;
    leads(&client, "/files/a/history/", "file a/history/").await;
    leads(&client, "/files/readme/", "file readme/").await;
    // What stands in fixed text decides, not the method.
    assert_eq!(client.delete("/items/new").await.expect("sent").status(), 405);
}

#[tokio::test]
async fn a_trailing_slash_is_strict_both_ways() {
    let client = client();
    leads(&client, "/items/7/parts/", "parts of 7").await;
    all_are(&client, 404, &["/items/7/parts", "/items/7/", "/items/new/", "/items/", "/items", "/admin/"]).await;
}

#[tokio::test]
async fn an_empty_segment_matches_no_parameter() {
    let client = client();
    all_are(&client, 404, &["/items/", "/files/", "/items//parts/", "//", "//items/7", "/items//7"]).await;
    all_are(&client, 404, &["/p//1/c/true/1/f", "/p/a/1/c/true/1/"]).await;
    let server = Server::start(Application::new()).await;
    for target in ["//x", "//items/7", "///"] {
        assert_eq!(server.ask("GET", target).await.status, 404, "{target}");
    }
}

#[tokio::test]
async fn parameters_are_decoded_after_the_match() {
    let client = client();
    leads(&client, "/items/a%2Fb", "item a/b").await;
    leads(&client, "/items/a%2fb", "item a/b").await;
    leads(&client, "/items/%6Eew", "item new").await;
    leads(&client, "/items/a+b%20c", "item a+b c").await;
    leads(&client, "/items/%C3%A9%f0%9f%8c%8a", "item é🌊").await;
    leads(&client, "/items/%25", "item %").await;
    leads(&client, "/items/%2525", "item %25").await;
    leads(&client, "/items/a;b=c,d:e@f", "item a;b=c,d:e@f").await;
    leads(&client, "/items/...", "item ...").await;
    leads(&client, "/files/a%2Fb/c", "file a/b/c").await;
    leads(&client, "/p/x%2F/255/%C3%A9/0/-1/%E2%82%AC", "x/ 255 é false -1 €").await;
}

#[tokio::test]
async fn text_that_is_no_parameter_is_400() {
    let client = client();
    for value in ["%00", "a%00b", "%FF", "%C3", "%ED%A0%80", "%C0%AF", ".", "..", "%2E", "%2e%2E", ".%2e"] {
        let (status, body) = text(&client, &format!("/items/{value}")).await;
        assert_eq!(status, 400, "{value}");
        assert!(body.contains(r#""errors":[{"in":"path","name":"id","detail":""#), "{value}: {body}");
    }
    all_are(&client, 400, &["/items/%", "/items/%4", "/items/%zz", "/items/%%20", "/items/a%2", "/items/%+1"]).await;
}

#[tokio::test]
async fn a_tail_refuses_to_climb() {
    let client = client();
    leads(&client, "/files/a/b.c", "file a/b.c").await;
    leads(&client, "/files/a//b", "file a//b").await;
    all_are(&client, 400, &["/files/../x", "/files/a/..", "/files/a/../b", "/files/./x", "/files/a/."]).await;
    all_are(&client, 400, &["/files/..%2fx", "/files/%2e%2e/x", "/files/%2e%2e%2fx", "/files/a%2f..%2fb"]).await;
    all_are(&client, 400, &["/files/a/%00", "/files/a/%FF", "/files/a/%"]).await;
}

#[tokio::test]
async fn literal_text_matches_as_it_is_encoded() {
    let client = client();
    leads(&client, "/caf%C3%A9/a%2Fb", "literal").await;
    leads(&client, "/caf%c3%a9/a%2fb", "literal").await;
    leads(&client, "/caf%C3%a9/a%2Fb", "literal").await;
    all_are(&client, 404, &["/caf%C3%A9/a/b", "/cafe/a%2Fb", "/%63af%C3%A9/a%2Fb"]).await;
    leads(&client, "/admin", "admin").await;
    all_are(&client, 404, &["/%61dmin", "/Admin", "/admi%6E", "/%2Fadmin", "/admin%2F", "/admin%00", "/admin%"]).await;
}

#[tokio::test]
async fn bytes_beyond_ascii_in_a_target_never_break_it() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    wire.send(b"GET /items/\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(matches!(wire.reply().await.status, 200 | 400), "raw UTF-8 is no URI and harms nobody");
    for target in [&b"/items/\xFF"[..], b"/items/a?x=\xFF", b"/\xFF"] {
        let mut wire = server.connect().await;
        wire.send([b"GET ", target, b" HTTP/1.1\r\nHost: a\r\n\r\n"].concat()).await;
        assert_eq!(wire.reply().await.status, 400, "{target:?}");
    }
}

#[tokio::test]
async fn long_paths_are_found_or_refused() {
    let client = client();
    let long = "x".repeat(60_000);
    leads(&client, &format!("/items/{long}"), &format!("item {long}")).await;
    let deep = "a/".repeat(20_000);
    leads(&client, &format!("/files/{deep}b"), &format!("file {deep}b")).await;
    all_are(&client, 404, &[&format!("/nothing/{deep}"), &"/".repeat(60_000)]).await;
    let server = Server::start(Application::new()).await;
    let answer = server.ask("GET", &format!("/items/{}", "x".repeat(70_000))).await;
    assert!(matches!(answer.status, 414 | 431), "{}", answer.line);
}

#[tokio::test]
async fn more_than_four_parameters_keep_their_places() {
    let client = client();
    leads(&client, "/p/one/2/3/1/5/six", "one 2 3 true 5 six").await;
    let (status, body) = text(&client, "/p/one/256/33/2/x/six").await;
    assert_eq!(status, 400);
    for name in ["two", "three", "four", "five"] {
        assert!(body.contains(&format!(r#""in":"path","name":"{name}""#)), "{name} in {body}");
    }
}

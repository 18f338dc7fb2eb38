//! Failures as problem documents: what each error tells, in which form, and what only the log learns.

#[path = "problems/log.rs"]
mod log;

use std::fmt;

use squall::testing::{Answer, TestClient};
use squall::{
    AnyError, Application, Faults, FromRequest, Html, IntoResponse, Json, NoContent, Place, Problem, Redirect, Request,
    Response, State, StatusCode, get, post,
};
use squall_tests::Server;

#[derive(Debug, Problem)]
enum ShopError {
    #[problem(status = 404, detail = "there is no item {id}")]
    NoSuchItem {
        id: u64,
    },
    #[problem(
        status = 403,
        type = "https://shop.example/problems/out-of-credit",
        title = "You do not have enough credit",
        detail = "{0:>3} of {{{1}}}"
    )]
    OutOfCredit(#[problem(member = "balance")] u32, #[problem(member = "price")] u32),
    #[problem(status = 429)]
    Busy {
        #[problem(header = "Retry-After")]
        seconds: Option<u32>,
        #[problem(detail)]
        why: &'static str,
    },
    #[problem(status = 502)]
    Upstream(#[problem(source)] Box<dyn std::error::Error + Send + Sync>),
    #[problem(transparent)]
    Input(Faults),
    #[problem(transparent)]
    Away {
        to: Redirect,
    },
    Database(#[problem(from)] std::num::ParseIntError),
    Secret {
        #[expect(dead_code, reason = "only the log shows it")]
        password: &'static str,
    },
    #[problem(status = 409)]
    Conflict,
}

/// Says nothing: neither `Debug` nor `Display`; and it cannot travel between threads.
#[derive(Problem)]
struct Mute {
    _thread: std::rc::Rc<()>,
}

#[derive(Debug, Problem)]
#[problem(status = 410, title = "Gone for good", detail = "{what:?} is gone")]
struct Gone {
    what: String,
    #[problem(member)]
    since: u16,
}

/// An error of the usual kind, with one behind it.
#[derive(Debug)]
struct Broken(std::io::Error);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the store is broken")
    }
}

impl std::error::Error for Broken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[get("/shop/{name}")]
async fn shop(name: String) -> Result<String, ShopError> {
    Err(match name.as_str() {
        "item" => ShopError::NoSuchItem { id: 7 },
        "credit" => ShopError::OutOfCredit(30, 50),
        "busy" => ShopError::Busy { seconds: Some(120), why: "too <many> requests" },
        "unknown-wait" => ShopError::Busy { seconds: None, why: "" },
        "upstream" => ShopError::Upstream(Box::new(Broken(std::io::Error::other("no route to 10.0.0.7")))),
        "away" => ShopError::Away { to: Redirect::to("/elsewhere") },
        "secret" => ShopError::Secret { password: "hunter2" },
        "conflict" => ShopError::Conflict,
        "input" => {
            let mut faults = Faults::default();
            faults.broken(Place::Body, "amount", "must be at most 3");
            ShopError::Input(faults)
        }
        number => {
            let _: u8 = number.parse()?;
            return Ok(number.to_owned());
        }
    })
}

#[get("/mute")]
async fn mute() -> Result<(), Mute> {
    Err(Mute { _thread: std::rc::Rc::default() })
}

#[get("/gone/{what}")]
async fn gone(what: String) -> Result<(), Gone> {
    Err(Gone { what, since: 1999 })
}

#[get("/value/{name}")]
async fn value(name: String) -> Response {
    let problem = Problem::new(StatusCode::UNAUTHORIZED);
    match name.as_str() {
        "login" => problem.header("www-authenticate", "Basic realm=\"shop\"").into_response(),
        "markup" => problem
            .title("<script>alert(1)</script>")
            .detail("\"'&<b>")
            .with("note<", "</dd><script>")
            .kind("javascript:alert(1)")
            .into_response(),
        "bad-header" => problem.header("x-name", "a\r\nset-cookie: b=c").into_response(),
        "reserved" => problem.with("status", 200).into_response(),
        "cause" => Problem::new(StatusCode::INSUFFICIENT_STORAGE)
            .detail("no room")
            .caused_by(Broken(std::io::Error::other("line one\nline two\u{1b}[31m")))
            .into_response(),
        "large-cause" => Problem::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by("ä".repeat(100_000)).into_response(),
        "cookie" => ([("set-cookie", "a=1"), ("vary", "Cookie")], problem).into_response(),
        "varies" => ([("vary", "cookie, Accept")], problem).into_response(),
        "restatus" => (StatusCode::PAYMENT_REQUIRED, problem).into_response(),
        "hidden" => (StatusCode::CREATED, problem).into_response(),
        "rewritten" => {
            let (head, _) = problem.into_response().into_parts();
            Response::from_parts(head, "my own words".into())
        }
        "renumbered" => {
            let mut response = problem.into_response();
            *response.status_mut() = StatusCode::ACCEPTED;
            response
        }
        "retyped" => ([("content-type", "application/x-own+json")], problem).into_response(),
        "page" => (StatusCode::NOT_FOUND, Html("<h1>own page</h1>")).into_response(),
        "redirect" => Redirect::to("//elsewhere").into_response(),
        _ => StatusCode::IM_A_TEAPOT.into_response(),
    }
}

#[get("/any/{name}")]
async fn any(name: String) -> Result<NoContent, AnyError> {
    match name.as_str() {
        "problem" => Err(Problem::new(StatusCode::GONE).detail("told"))?,
        "broken" => Err(Broken(std::io::Error::other("disk")))?,
        "text" => Err(AnyError::new("only text"))?,
        _ => Ok(NoContent),
    }
}

/// Takes a state that nobody provides, and does not say that it needs one.
struct Hidden;

impl FromRequest for Hidden {
    type Rejection = <State<u64> as FromRequest>::Rejection;

    async fn from_request(request: &mut Request) -> Result<Self, Self::Rejection> {
        State::<u64>::from_request(request).await.map(|_| Self)
    }
}

#[get("/unprovided")]
async fn unprovided(_hidden: Hidden) {}

#[get("/panic")]
#[expect(clippy::panic, reason = "that is what it shows")]
async fn panics() {
    panic!("secret of the panic")
}

#[post("/faults")]
async fn faults(#[query(range = 1..=3)] limit: u8, body: Json<Vec<u8>>) -> String {
    format!("{limit} {}", body.0.len())
}

fn client() -> TestClient {
    TestClient::new(Application::new())
}

async fn ask(target: &str, accept: &str) -> Answer<squall::Untyped> {
    client().get(target).header("accept", accept).await.expect("sent")
}

async fn document(target: &str) -> serde_json::Value {
    let answer = client().get(target).await.expect("sent");
    assert_eq!(answer.header("content-type"), "application/problem+json", "{target}");
    let document: serde_json::Value = answer.json_as().expect("JSON");
    assert_eq!(document["status"], answer.status().as_u16(), "{target}");
    document
}

#[tokio::test]
async fn each_error_is_told_as_it_is_declared() {
    for (target, want) in [
        ("/shop/item", r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"there is no item 7"}"#),
        (
            "/shop/credit",
            concat!(
                r#"{"type":"https://shop.example/problems/out-of-credit","title":"You do not have enough credit","#,
                r#""status":403,"detail":" 30 of {50}","balance":30,"price":50}"#
            ),
        ),
        ("/shop/conflict", r#"{"type":"about:blank","title":"Conflict","status":409}"#),
        ("/shop/upstream", r#"{"type":"about:blank","title":"Bad Gateway","status":502}"#),
        ("/shop/secret", r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
        ("/shop/many", r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
        ("/mute", r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
        (
            "/gone/tapes",
            r#"{"type":"about:blank","title":"Gone for good","status":410,"detail":"\"tapes\" is gone","since":1999}"#,
        ),
        ("/any/problem", r#"{"type":"about:blank","title":"Gone","status":410,"detail":"told"}"#),
        ("/any/broken", r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
        ("/panic", r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
        ("/nowhere", r#"{"type":"about:blank","title":"Not Found","status":404}"#),
    ] {
        let answer = client().get(target).await.expect("sent");
        assert_eq!(answer.text().expect("text"), want, "{target}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{target}");
    }
}

#[tokio::test]
async fn a_transparent_error_answers_as_its_field_does() {
    let answer = client().get("/shop/away").await.expect("sent");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (303, "/elsewhere"));
    let document = document("/shop/input").await;
    assert_eq!(document["errors"][0]["name"], "amount");
    assert_eq!(document["status"], 422);
}

#[tokio::test]
async fn header_fields_of_the_answer_are_kept_in_every_form() {
    for accept in ["*/*", "text/html", "text/plain"] {
        assert_eq!(ask("/shop/busy", accept).await.header("retry-after"), "120");
        assert_eq!(ask("/value/login", accept).await.header("www-authenticate"), "Basic realm=\"shop\"");
        let answer = ask("/value/cookie", accept).await;
        assert_eq!(answer.header("set-cookie"), "a=1");
        let varies: Vec<_> = answer.headers().get_all("vary").iter().collect();
        assert_eq!(varies, ["Cookie", "accept"]);
        let answer = ask("/value/varies", accept).await;
        assert_eq!(answer.headers().get_all("vary").iter().count(), 1);
        let answer = client().delete("/panic").header("accept", accept).await.expect("sent");
        assert_eq!((answer.status().as_u16(), answer.header("allow")), (405, "GET, HEAD, OPTIONS"));
    }
    assert!(!ask("/shop/unknown-wait", "*/*").await.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn the_form_is_what_the_client_asks_for() {
    const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (accept, content_type) in [
        ("", "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("application/problem+json", "application/problem+json"),
        (BROWSER, "text/html; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/plain;q=0.3, text/html;q=0.2", "text/plain; charset=utf-8"),
        ("text/html;q=0, text/*;q=0.1", "text/plain; charset=utf-8"),
        ("text/html;q=9", "application/problem+json"),
        ("image/png", "application/problem+json"),
    ] {
        let answer = ask("/shop/item", accept).await;
        assert_eq!((answer.status().as_u16(), answer.header("content-type")), (404, content_type), "{accept}");
        assert!(answer.text().expect("text").contains("there is no item 7"), "{accept}");
    }
}

#[tokio::test]
async fn the_page_is_whole_and_nothing_in_it_is_markup() {
    let answer = ask("/value/markup", "text/html").await;
    let page = answer.text().expect("text");
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{page}");
    for (text, times) in [("<script", 0), ("<b>\"", 0), ("src=", 0), ("href=", 0), ("url(", 0), ("javascript:", 0)] {
        assert_eq!(page.matches(text).count(), times, "{text} in {page}");
    }
    for text in ["&lt;script&gt;alert(1)", "&quot;&#39;&amp;&lt;b&gt;", "<dt>note&lt;</dt>", "color-scheme:light dark"]
    {
        assert!(page.contains(text), "{text} in {page}");
    }
    let id = answer.header("x-request-id");
    assert!(page.contains(id), "{id} in {page}");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"));
}

#[tokio::test]
async fn faults_are_listed_in_every_form() {
    let send = async |accept: &str| {
        let client = client();
        let call = client.post("/faults?limit=9").header("accept", accept);
        let answer = call.body(([("content-type", "application/json")], "[")).await.expect("sent");
        (answer.status().as_u16(), answer.text().expect("text").to_owned())
    };
    let (status, page) = send("text/html").await;
    assert_eq!(status, 400);
    assert!(page.contains("<li><code>query limit</code> must be between 1 and 3</li>"), "{page}");
    assert!(page.contains("<li><code>body</code> is not JSON: "), "{page}");
    let (_, lines) = send("text/plain").await;
    let (first, rest) = lines.split_once('\n').expect("lines");
    assert_eq!(first, "400 Bad Request");
    assert!(rest.starts_with("- query `limit` must be between 1 and 3\n- body is not JSON: "), "{lines}");
}

#[tokio::test]
async fn only_failures_have_an_id_and_each_has_its_own() {
    let client = client();
    assert!(!client.get("/any/fine").await.expect("sent").headers().contains_key("x-request-id"));
    let mut ids = std::collections::HashSet::new();
    for target in ["/shop/item", "/shop/item", "/nowhere", "/panic", "/value/rewritten"] {
        let answer = client.get(target).await.expect("sent");
        let id = answer.header("x-request-id").to_owned();
        assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        assert!(ids.insert(id), "{target}");
    }
}

#[tokio::test]
async fn a_status_beside_a_failure() {
    assert_eq!(document("/value/restatus").await["title"], "Payment Required");
    assert_eq!(document("/value/hidden").await["status"], 401);
    let answer = ask("/value/rewritten", "text/html").await;
    assert_eq!(answer.text().expect("text"), "my own words", "whoever writes the body has it");
    let answer = ask("/value/renumbered", "text/html").await;
    assert_eq!((answer.status().as_u16(), answer.header("content-type")), (202, "application/problem+json"));
    assert_eq!(ask("/value/retyped", "text/html").await.header("content-type"), "application/x-own+json");
    let answer = ask("/value/page", "text/plain").await;
    assert_eq!(answer.text().expect("text"), "<h1>own page</h1>");
    assert_eq!(ask("/value/teapot", "text/plain").await.status(), 418);
}

#[tokio::test]
async fn head_has_the_length_and_the_type_of_the_page() {
    let client = client();
    let page = ask("/shop/item", "text/html").await.text().expect("text").len();
    let head = client.head("/shop/item").header("accept", "text/html").await.expect("sent");
    assert_eq!((head.status().as_u16(), head.header("content-type")), (404, "text/html; charset=utf-8"));
    assert_eq!(head.header("content-length"), page.to_string());
}

#[tokio::test]
async fn text_of_a_user_is_never_in_the_head() {
    let server = Server::start(Application::new()).await;
    for (target, status) in [
        ("/gone/%0D%0Aset-cookie:%20a=b", "410 Gone"),
        ("/value/bad-header", "500 Internal Server Error"),
        ("/value/reserved", "500 Internal Server Error"),
    ] {
        let mut wire = server.connect().await;
        wire.send(format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).await;
        let bytes = wire.rest().await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, _) = text.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{head}");
        assert!(!head.contains("set-cookie"), "{head}");
    }
}

//! What arrives on the wire and how it is read: query, headers, cookies, in every form a field can have.

use std::net::IpAddr;

use squall::testing::TestClient;
use squall::{Application, Json, Param, get, handler};
use squall_tests::Server;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Param)]
enum Colour {
    Red,
    #[param(rename = "deep-blue")]
    Blue,
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Page {
    #[serde(default)]
    page: u32,
    #[serde(default)]
    sort: Vec<String>,
}

#[handler("/all/{colour}")]
#[derive(Debug)]
struct All {
    colour: Colour,
    #[query]
    number: u8,
    #[query]
    flag: Option<bool>,
    #[query]
    text: Option<String>,
    #[query]
    tag: Vec<String>,
    #[query]
    colours: Vec<Colour>,
    #[query(default = 20, range = 1..=100)]
    limit: u32,
    #[query(default = "en")]
    lang: String,
    #[query(rename = "from-ip")]
    ip: Option<IpAddr>,
    #[query(length = 2..=4)]
    code: Option<String>,
    #[query(length = ..3, range = 0..10)]
    few: Vec<u8>,
    #[query("ü")]
    umlaut: Option<char>,
    #[query(flatten)]
    page: Page,
}

#[handler]
impl All {
    #[get]
    async fn show(&self) -> String {
        format!("{self:?}")
    }
}

#[get("/flag")]
async fn flag(#[query] on: bool) -> Json<bool> {
    Json(on)
}

#[get("/text")]
async fn text(#[query] x: String) -> Json<String> {
    Json(x)
}

#[get("/maybe")]
async fn maybe(#[query] x: Option<u8>, #[query] s: Option<String>) -> Json<(Option<u8>, Option<String>)> {
    Json((x, s))
}

#[get("/list")]
async fn list(#[query] x: Vec<String>) -> Json<Vec<String>> {
    Json(x)
}

#[get("/page")]
async fn page(#[query(flatten)] page: Page) -> Json<(u32, Vec<String>)> {
    Json((page.page, page.sort))
}

#[get("/headers")]
async fn headers(
    #[header] accept_language: Option<String>,
    #[header("X-Trace")] trace: Option<u32>,
    #[header] x_list: Vec<String>,
    #[header(default = 7, range = 1..10)] x_level: u8,
) -> Json<(Option<String>, Option<u32>, Vec<String>, u8)> {
    Json((accept_language, trace, x_list, x_level))
}

#[get("/cookies")]
async fn cookies(
    #[cookie("foo")] one: Option<String>,
    #[cookie("a")] named: Option<String>,
    #[cookie("b")] all: Vec<String>,
    #[cookie(default = "light", length = 1..10)] theme: String,
) -> Json<(Option<String>, Option<String>, Vec<String>, String)> {
    Json((one, named, all, theme))
}

fn client() -> TestClient {
    TestClient::new(Application::new())
}

/// The body of the answer, with its status.
async fn ask(client: &TestClient, path: &str) -> (u16, String) {
    let answer = client.get(path).await.expect("a link");
    (answer.status().as_u16(), answer.text().expect("text").to_owned())
}

async fn all_give(client: &TestClient, cases: &[(&str, &str)]) {
    for (path, want) in cases {
        assert_eq!(ask(client, path).await, (200, (*want).to_owned()), "{path}");
    }
}

async fn all_fail(client: &TestClient, cases: &[(&str, u16, &str)]) {
    for (path, status, part) in cases {
        let (is, body) = ask(client, path).await;
        assert_eq!(is, *status, "{path}: {body}");
        assert!(body.contains(part), "{path}: {part} is not in {body}");
    }
}

#[tokio::test]
async fn every_kind_of_input_is_read() {
    let client = client();
    let (status, least) = ask(&client, "/all/red?number=1").await;
    assert_eq!(status, 200, "{least}");
    let want = "All { colour: Red, number: 1, flag: None, text: None, tag: [], colours: [], limit: 20, lang: \"en\", \
                ip: None, code: None, few: [], umlaut: None, page: Page { page: 0, sort: [] } }";
    assert_eq!(least, want);
    let full = "/all/deep-blue?number=255&flag&text=a+b&tag=x&colours=red&tag=&colours=deep-blue&limit=100&lang=fr\
                &from-ip=::1&code=abcd&few=9&few=0&%C3%BC=%C3%A4&page=3&sort=a&sort=b&unknown=1";
    let want = "All { colour: Blue, number: 255, flag: Some(true), text: Some(\"a b\"), tag: [\"x\", \"\"], \
                colours: [Red, Blue], limit: 100, lang: \"fr\", ip: Some(::1), code: Some(\"abcd\"), few: [9, 0], \
                umlaut: Some('ä'), page: Page { page: 3, sort: [\"a\", \"b\"] } }";
    assert_eq!(ask(&client, full).await, (200, want.to_owned()));
}

#[tokio::test]
async fn bool_has_five_forms() {
    let client = client();
    for (query, want) in
        [("on=true", "true"), ("on", "true"), ("on=1", "true"), ("on=false", "false"), ("on=0", "false")]
    {
        assert_eq!(ask(&client, &format!("/flag?{query}")).await, (200, want.to_owned()), "{query}");
    }
    let word = "must be true or false";
    all_fail(&client, &[("/flag?on=yes", 400, word), ("/flag?on=TRUE", 400, word), ("/flag?on=%20", 400, word)]).await;
    all_fail(&client, &[("/flag", 400, "is missing"), ("/flag?on=", 400, "is missing")]).await;
}

#[tokio::test]
async fn an_empty_value_is_none_except_for_text() {
    let client = client();
    all_give(
        &client,
        &[
            ("/maybe", "[null,null]"),
            ("/maybe?x=&s=", r#"[null,""]"#),
            ("/maybe?x=7&s=7", r#"[7,"7"]"#),
            ("/maybe?s", r#"[null,""]"#),
            ("/text?x=", r#""""#),
        ],
    )
    .await;
    all_fail(&client, &[("/maybe?x=a", 400, r#""name":"x""#), ("/maybe?x=256", 400, "from 0 to 255")]).await;
    all_fail(&client, &[("/all/red?number=", 400, r#""name":"number","detail":"is missing""#)]).await;
}

#[tokio::test]
async fn a_default_stands_for_what_is_absent_only() {
    let client = client();
    assert!(ask(&client, "/all/red?number=1&limit=").await.1.contains("limit: 20"), "empty says nothing of a number");
    assert!(ask(&client, "/all/red?number=1&lang=").await.1.contains(r#"lang: """#), "empty is a text");
    all_fail(&client, &[("/all/red?number=1&limit=x", 400, "from 0 to 4294967295")]).await;
}

#[tokio::test]
async fn percent_and_plus_are_decoded() {
    let client = client();
    all_give(
        &client,
        &[
            ("/text?x=a+b", r#""a b""#),
            ("/text?x=a%20b", r#""a b""#),
            ("/text?x=a%2Bb", r#""a+b""#),
            ("/text?x=%C3%A9%26%3D%23", r#""é&=#""#),
            ("/text?x=a=b=c", r#""a=b=c""#),
            ("/text?x=%25%32%30", r#""%20""#),
            ("/text?x=100%", r#""100%""#),
            ("/text?x=%zz", r#""%zz""#),
            ("/text?x=a?b/c", r#""a?b/c""#),
            ("/text?&&x=1&", r#""1""#),
            ("/text?%78=named", r#""named""#),
            ("/list?x=1&y=2&x=3&%78=4", r#"["1","3","4"]"#),
        ],
    )
    .await;
    all_fail(&client, &[("/text?X=1", 400, "is missing"), ("/text?xx=1&=2", 400, "is missing")]).await;
}

#[tokio::test]
async fn a_single_input_given_twice_is_refused() {
    let client = client();
    let twice = r#"{"in":"query","name":"x","detail":"is given more than once"}"#;
    all_fail(&client, &[("/text?x=1&x=1", 400, twice), ("/text?x=1&%78=2", 400, twice), ("/maybe?x=1&x=", 400, twice)])
        .await;
}

#[tokio::test]
async fn rules_are_422_in_words() {
    let client = client();
    all_fail(
        &client,
        &[
            ("/all/red?number=1&limit=0", 422, r#""name":"limit","detail":"must be between 1 and 100""#),
            ("/all/red?number=1&limit=101", 422, "must be between 1 and 100"),
            ("/all/red?number=1&code=a", 422, "must have between 2 and 4 characters"),
            ("/all/red?number=1&code=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4", 422, "must have between 2 and 4 characters"),
            ("/all/red?number=1&code=", 422, "must have between 2 and 4 characters"),
            ("/all/red?number=1&few=1&few=2&few=3", 422, "must have less than 3 values"),
            ("/all/red?number=1&few=1&few=10", 422, "must be at least 0 and less than 10"),
        ],
    )
    .await;
    let four = "/all/red?number=1&code=%C3%A4%C3%A4%C3%A4%C3%A4";
    assert_eq!(ask(&client, four).await.0, 200, "characters are counted, not bytes");
}

#[tokio::test]
async fn an_enum_lists_its_values() {
    let client = client();
    let allowed = "must be one of red, deep-blue";
    all_fail(
        &client,
        &[
            ("/all/green?number=1", 400, allowed),
            ("/all/Red?number=1", 400, allowed),
            ("/all/blue?number=1", 400, allowed),
            ("/all/red?number=1&colours=red&colours=x", 400, allowed),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_flattened_struct_reads_the_whole_query() {
    let client = client();
    all_give(&client, &[("/page", "[0,[]]"), ("/page?sort=a+b&page=2&other=x&sort=%C3%A9", r#"[2,["a b","é"]]"#)])
        .await;
    all_fail(
        &client,
        &[
            ("/page?page=x", 400, r#"{"in":"query","name":"page","detail":"cannot be read: "#),
            ("/page?page=1&page=2", 400, "query"),
        ],
    )
    .await;
    all_fail(&client, &[("/page?sort=%FF", 400, "is not UTF-8"), ("/page?other=%FF", 400, "is not UTF-8")]).await;
}

#[tokio::test]
async fn bytes_that_are_no_utf8_are_400() {
    let client = client();
    let wrong = "is not UTF-8";
    all_fail(
        &client,
        &[("/text?x=%FF", 400, wrong), ("/list?x=a&x=%C3", 400, wrong), ("/maybe?s=%ED%A0%80", 400, wrong)],
    )
    .await;
    assert_eq!(ask(&client, "/text?x=a&%FF=b").await.0, 200, "a name that nobody asks for harms nobody");

    let server = Server::start(Application::new()).await;
    for (target, field, name) in [
        ("/headers", &b"Accept-Language: \xFF"[..], "accept-language"),
        ("/headers", b"X-List: a\r\nX-List: \xE9", "x-list"),
        ("/headers", b"X-Trace: \x80", "x-trace"),
        ("/cookies", b"Cookie: foo=\xFF", "foo"),
        ("/cookies", b"Cookie: b=1; b=\xFF", "b"),
    ] {
        let mut wire = server.connect().await;
        let head = format!("GET {target} HTTP/1.1\r\nHost: a\r\n");
        wire.send([head.as_bytes(), field, b"\r\n\r\n"].concat()).await;
        let reply = wire.reply().await;
        assert_eq!(reply.status, 400, "{name}");
        assert!(reply.text().contains(&format!(r#""name":"{name}","detail":"is not UTF-8""#)), "{}", reply.text());
    }
    let mut wire = server.connect().await;
    wire.send(b"GET /cookies HTTP/1.1\r\nHost: a\r\nX-Other: \xFF\r\nCookie: other=\xFF; foo=\xC3\xA9\r\n\r\n").await;
    assert_eq!(wire.reply().await.text(), r#"["é",null,[],"light"]"#);
}

#[tokio::test]
async fn header_lines_of_one_name_are_one_list() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    assert_eq!(wire.ask("GET", "/headers", "").await.text(), "[null,null,[],7]");
    let fields = "ACCEPT-LANGUAGE: de\r\naccept-language:  fr;q=0.5 \r\nx-trace: 12\r\nX-List: 1\r\nx-list: 2, 3\r\n";
    assert_eq!(wire.ask("GET", "/headers", fields).await.text(), r#"["de, fr;q=0.5",12,["1","2","3"],7]"#);
    let empty = wire.ask("GET", "/headers", "Accept-Language:\r\nX-Trace: \r\nX-Level:\r\n").await;
    assert_eq!(empty.text(), r#"["",null,[],7]"#);
    let twice = wire.ask("GET", "/headers", "X-Trace: 1\r\nX-Trace: 2\r\nX-Level: 10\r\n").await;
    assert_eq!(twice.status, 400);
    let places: serde_json::Value = serde_json::from_str(twice.text()).expect("JSON");
    assert_eq!(places["errors"][0]["name"], "x-trace");
    assert_eq!(places["errors"][1]["in"], "header");
}

#[tokio::test]
async fn cookies_are_read_as_browsers_write_them() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    for (line, want) in [
        (r"Cookie: foo=bar", r#"["bar",null,[],"light"]"#),
        (r#"Cookie: foo="a;b""#, r#"["\"a",null,[],"light"]"#),
        (r#"Cookie: foo="a\073b""#, r#"["a;b",null,[],"light"]"#),
        (r#"Cookie: foo="a\"b\\c""#, r#"["a\"b\\c",null,[],"light"]"#),
        (r"Cookie: foo=a\073b", r#"["a\\073b",null,[],"light"]"#),
        (r"Cookie: a=1; a=2", r#"[null,"2",[],"light"]"#),
        (r"Cookie: /=x; foo=bar", r#"["bar",null,[],"light"]"#),
        (r"Cookie: =x; ; foo ;foo = bar ;theme=dark", r#"["bar",null,[],"dark"]"#),
        ("Cookie: a=1\r\nCookie: b=2", r#"[null,"1",["2"],"light"]"#),
        ("Cookie: a=1,b=2", r#"[null,"1,b=2",[],"light"]"#),
        (r"Cookie: b=1; b=2; b=3;a=x=y", r#"[null,"x=y",["1","2","3"],"light"]"#),
        (r"Cookie: foo=", r#"["",null,[],"light"]"#),
        (r"Cookie: FOO=1; foo2=2", r#"[null,null,[],"light"]"#),
        (r"Cookie: foo=%41", r#"["%41",null,[],"light"]"#),
    ] {
        let reply = wire.ask("GET", "/cookies", &format!("{line}\r\n")).await;
        assert_eq!((reply.status, reply.text()), (200, want), "{line}");
    }
    let long = wire.ask("GET", "/cookies", "Cookie: theme=0123456789\r\n").await;
    assert_eq!(long.status, 422);
    assert!(long.text().contains(r#""in":"cookie","name":"theme""#), "{}", long.text());
}

#[tokio::test]
async fn any_number_of_values_is_taken() {
    let client = client();
    let many: Vec<String> = (0..9_000).map(|number| format!("x={number}")).collect();
    let answer = client.get(format!("/list?{}", many.join("&"))).await.expect("a link");
    assert_eq!(answer.json_as::<Vec<String>>().expect("a list").len(), 9_000);
    let others = "a&".repeat(20_000);
    all_give(&client, &[(&format!("/text?{others}x=1"), r#""1""#)]).await;
    let cookie = format!("{}foo=1; {}", "a=1; ".repeat(5_000), r"c=\\\\; ".repeat(2_000));
    let answer = client.get("/cookies").header("cookie", &cookie).await.expect("a link");
    assert_eq!(answer.text().expect("text"), r#"["1","1",[],"light"]"#);
    let mut call = client.get("/headers");
    for number in 0..2_000 {
        call = call.header("accept-language", &number.to_string()).header("x-list", "x");
    }
    let (joined, _, list, _) =
        call.await.expect("sent").json_as::<(String, Option<u32>, Vec<String>, u8)>().expect("JSON");
    assert_eq!((joined.matches(", ").count(), list.len()), (1_999, 2_000));
}

//! A request and the link to it: what one writes, the dispatcher reads back, for every type that can be an input.

use std::net::{IpAddr, SocketAddr};

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use squall::testing::TestClient;
use squall::{Application, Html, Param, Redirect, Request, Routes, ToLink, get, handler};

#[path = "links/shapes.rs"]
mod shapes;

use shapes::{Colour, Deep, Flat, Heads, Many, Names, Numbers, Preset, Shared, Tail, Words};

thread_local! {
    static RUNTIME: tokio::runtime::Runtime =
        tokio::runtime::Builder::new_current_thread().build().expect("a runtime without drivers");
    static CLIENT: TestClient = TestClient::new(Application::new());
}

/// What the dispatcher reads from the link of a request is the request.
fn comes_back<L: ToLink + std::fmt::Debug>(request: L) -> TestCaseResult {
    let want = format!("{request:?}");
    let answer = CLIENT.with(|client| {
        RUNTIME.with(|runtime| runtime.block_on(async { client.request(squall::Method::GET, request).await }))
    });
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Err(TestCaseError::fail(format!("{want} has no link: {error}"))),
    };
    prop_assert_eq!(answer.text().expect("text"), want);
    Ok(())
}

/// Where there is a link, it leads back; where there is none, the error says so.
fn comes_back_or_fails<L: ToLink + std::fmt::Debug>(
    request: L,
    link: squall::Result<squall::Uri>,
    fits: bool,
) -> TestCaseResult {
    match link {
        Ok(_) => {
            prop_assert!(fits, "{:?} has a link", request);
            comes_back(request)
        }
        Err(error) => {
            prop_assert!(!fits, "{:?} has no link: {}", request, error);
            prop_assert!(error.is_link());
            Ok(())
        }
    }
}

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
        Just(-0.0),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE)
    ]
}

/// Any text, and often such as means something in a URL.
fn text() -> impl Strategy<Value = String> {
    let tricky = prop_oneof![
        any::<String>(),
        "[./%?#&=+;: \\\\{}*~\"'<>|^`\\[\\]@!$(),-]{0,6}",
        "(\\.|/|%2[Ff]|%00|\\.\\.|a){0,5}",
        proptest::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter),
    ];
    tricky.boxed()
}

fn colour() -> impl Strategy<Value = Colour> {
    prop_oneof![Just(Colour::Red), Just(Colour::Blue), Just(Colour::r#Type)]
}

/// Whether a text can stand in one segment, or in a tail.
fn fits_a_path(text: &str) -> bool {
    !text.is_empty() && !text.contains('\0') && text.split('/').all(|piece| piece != "." && piece != "..")
}

/// Whether a text can stand in a header field and comes back from the wire.
fn fits_a_header(text: &str) -> bool {
    !text.chars().any(|c| c != '\t' && c.is_ascii_control()) && text.trim_matches([' ', '\t']) == text
}

fn fits_a_cookie(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_come_back(
        unsigned in any::<(u8, u16, u32, u64, u128, usize)>(),
        signed in any::<(i8, i16, i32, i64, i128, isize)>(),
        double in finite(),
        single in any::<f32>().prop_filter("finite", |number| number.is_finite()),
        flags in any::<(bool, Option<bool>)>(),
    ) {
        let (a, b, c, d, e, f) = unsigned;
        let (g, h, i, j, k, l) = signed;
        comes_back(Numbers { a, b, c, d, e, f, g, h, i, j, k, l, double, single, flag: flags.0, maybe: flags.1 })?;
    }

    #[test]
    fn words_come_back(
        id in text(),
        letter in any::<char>(),
        plain in text(),
        maybe in proptest::option::of(text()),
        many in proptest::collection::vec(text(), 0..4),
        default in text(),
        colours in proptest::collection::vec(colour(), 0..3),
        ip in any::<IpAddr>(),
        socket in proptest::option::of(any::<SocketAddr>()),
    ) {
        let fits = fits_a_path(&id);
        let words = Words { id, letter, plain, maybe, many, default, colours, ip, socket: socket.map(without_scope) };
        let link = words.try_url();
        comes_back_or_fails(words, link, fits)?;
    }

    #[test]
    fn segments_come_back(colour in colour(), letter in any::<char>(), number in finite(), word in text(), ip in any::<IpAddr>()) {
        let fits = !['\0', '.'].contains(&letter) && fits_a_path(&word);
        let deep = Deep { colour, letter, number, word, ip };
        let link = deep.try_url();
        comes_back_or_fails(deep, link, fits)?;
    }

    #[test]
    fn tails_come_back(rest in text(), page in any::<Option<u8>>()) {
        let fits = fits_a_path(&rest);
        let tail = Tail { rest, page };
        let link = tail.try_url();
        comes_back_or_fails(tail, link, fits)?;
    }

    #[test]
    fn lists_and_defaults_come_back(
        numbers in proptest::collection::vec(any::<i64>(), 0..5),
        floats in proptest::collection::vec(finite(), 0..3),
        maybe in any::<Option<u32>>(),
        limit in any::<u32>(),
        preset in proptest::collection::vec(any::<u8>(), 0..4),
        absent in proptest::option::of(Just(5_u8)),
    ) {
        comes_back(Many { numbers, floats, maybe, limit, preset, absent })?;
    }

    #[test]
    fn texts_with_defaults_come_back_or_have_no_link(
        maybe in proptest::option::of(prop_oneof![text(), Just("x".to_owned())]),
        many in proptest::collection::vec(text(), 0..3),
        none in proptest::collection::vec(text(), 0..3),
        head in proptest::option::of("[a-x]{0,2}"),
        cookies in proptest::collection::vec("[a-x]{0,2}", 0..3),
    ) {
        let fits = maybe.is_some() && !many.is_empty() && head.is_some() && !cookies.is_empty();
        let preset = Preset { maybe, many, none, head, cookies };
        let link = squall::Link::to(&preset);
        let link = link.uri("").and_then(|uri| link.into_headers().map(|_| uri));
        comes_back_or_fails(preset, link, fits)?;
    }

    #[test]
    fn a_flattened_struct_comes_back(
        own in text(),
        word in text(),
        maybe in proptest::option::of(text()),
        list in proptest::collection::vec(text(), 0..4),
        number in any::<i32>(),
        flag in any::<bool>(),
        inner in proptest::option::of(any::<u8>()),
    ) {
        // A form cannot tell an empty text from an absent one.
        let maybe = maybe.filter(|text| !text.is_empty());
        comes_back(Flat { own, shared: Shared { word, maybe, list, number, flag, inner } })?;
    }

    #[test]
    fn headers_and_cookies_come_back(
        word in prop_oneof![text(), "[ \\ta]{0,3}", "[ -~ä]{0,4}"],
        number in any::<Option<i64>>(),
        list in proptest::collection::vec(any::<u16>(), 0..4),
        level in any::<u8>(),
        cookie in prop_oneof!["[ -~]{0,3}", "[!-+a-z%]{0,4}"],
        cookies in proptest::collection::vec(any::<i8>(), 0..3),
    ) {
        let heads = Heads { word, number, list, level, cookie: Some(cookie), cookies };
        prop_assert_eq!(heads.url(), "/heads", "headers and cookies are no part of a link");
        let fits = fits_a_header(&heads.word) && heads.cookie.as_deref().is_none_or(fits_a_cookie);
        if fits {
            comes_back(heads)?;
        } else {
            let sent = CLIENT.with(|client| RUNTIME.with(|runtime| runtime.block_on(async {
                client.get(heads).await
            })));
            prop_assert!(sent.expect_err("a value that a header cannot carry").is_link());
        }
    }

    #[test]
    fn names_of_inputs_are_encoded(value in text()) {
        comes_back(Names { value: value.clone(), other: Some(value), r#type: None })?;
    }
}

/// A scope or a flow label has no text form that a URL could carry for certain.
fn without_scope(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip(), address.port())
}

#[test]
fn values_at_their_defaults_are_left_out() {
    assert_eq!(
        Words::at("a".into(), 'b', "c".into(), [127, 0, 0, 1].into()).url(),
        "/words/a?letter=b&plain=c&ip=127.0.0.1"
    );
    assert_eq!(Many::at().url(), "/many");
    assert_eq!(Many { limit: 21, ..Many::at() }.url(), "/many?limit=21");
    assert_eq!(Many { preset: vec![], ..Many::at() }.url(), "/many?preset=");
    assert_eq!(Many { absent: None, ..Many::at() }.url(), "/many?absent=");
    assert_eq!(Many { preset: vec![1, 2], ..Many::at() }.url(), "/many");
    assert_eq!(Heads::at("w".into()).url(), "/heads", "headers and cookies are no part of a link");
}

#[test]
fn a_value_that_would_not_come_back_has_no_link() {
    for id in ["", ".", "..", "a\0b", "\0", "a/../b", "./a", "a/."] {
        let words = Words::at(id.into(), 'b', "c".into(), [127, 0, 0, 1].into());
        assert!(words.try_url().expect_err("no link").is_link(), "{id:?}");
    }
    for rest in ["", ".", "..", "a/..", "../a", "a/./b", "a/\0"] {
        assert!(Tail { rest: rest.into(), page: None }.try_url().expect_err("no link").is_link(), "{rest:?}");
    }
    let long = Words::at("x".repeat(70_000), 'b', "c".into(), [127, 0, 0, 1].into());
    assert!(long.try_url().expect_err("too long").is_link());
}

#[test]
fn a_text_with_a_default_cannot_say_that_it_is_absent() {
    let fault = |preset: Preset| preset.try_url().expect_err("no link").to_string();
    let unsent = |preset: Preset| squall::Link::to(&preset).into_headers().expect_err("no headers").to_string();
    let absent = "cannot be absent: its default would come back";
    assert_eq!(Preset::at().url(), "/preset");
    assert_eq!(fault(Preset { maybe: None, ..Preset::at() }), format!("query `maybe` {absent}"));
    assert_eq!(fault(Preset { many: vec![], ..Preset::at() }), format!("query `many` {absent}"));
    assert_eq!(unsent(Preset { head: None, ..Preset::at() }), format!("header `head` {absent}"));
    assert_eq!(unsent(Preset { cookies: vec![], ..Preset::at() }), format!("cookie `cookies` {absent}"));
}

#[test]
#[should_panic(expected = "path parameter `rest` is empty")]
fn url_panics_where_there_is_no_link() {
    let _ = Tail { rest: String::new(), page: None }.url();
}

#[test]
fn a_link_never_leads_to_another_site() {
    assert_eq!(everything { rest: "/evil.example/x".into() }.url(), "/%2Fevil.example/x");
    assert_eq!(everything { rest: "\\evil.example".into() }.url(), "/%5Cevil.example");
    assert_eq!(everything { rest: "https://evil.example".into() }.url(), "/https://evil.example");
    comes_back(everything { rest: "//evil.example".into() }).expect("a tail may begin with slashes");
}

#[get("/{*rest}")]
async fn everything(rest: String) -> String {
    format!("{:?}", everything { rest })
}

impl std::fmt::Debug for everything {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "everything {:?}", self.rest)
    }
}

#[get("/", register = false)]
async fn shop_index() -> Redirect {
    Redirect::to(Ware { number: 7, page: Some(2) })
}

#[handler("/wares/{number}", register = false)]
struct Ware {
    number: u32,
    #[query]
    page: Option<u8>,
}

#[handler]
impl Ware {
    #[get]
    async fn show(&self, request: Request) -> Html<String> {
        Html(request.uri().to_string())
    }

    #[post]
    async fn home(&self) -> (squall::StatusCode, Redirect) {
        (squall::StatusCode::FOUND, Redirect::to(shop_index {}))
    }

    #[put]
    async fn elsewhere(&self) -> Redirect {
        Redirect::permanent("/wares/1")
    }

    #[delete]
    async fn impossible(&self) -> Redirect {
        Redirect::to(Tail { rest: "..".into(), page: None })
    }
}

fn shop() -> Routes {
    Routes::empty().handler::<shop_index>().handler::<Ware>()
}

#[tokio::test]
async fn a_mount_puts_its_prefix_before_links() {
    let client = TestClient::new(Application::empty().mount("/shop", shop()));
    let answer = client.get("/shop").await.expect("sent");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (303, "/shop/wares/7?page=2"));
    let answer = client.post("/shop/wares/1").await.expect("sent");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (302, "/shop"));
    let answer = client.put("/shop/wares/1").await.expect("sent");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (308, "/wares/1"), "text stays as it is");
    let answer = client.delete("/shop/wares/1").await.expect("sent");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (500, ""));
    let answer = client.get(Ware { number: 3, page: None }).await.expect("the prefix is known");
    assert_eq!(answer.text().expect("text"), "/shop/wares/3");
    let followed = client.get(shop_index {}).follow_redirects().await.expect("followed");
    assert_eq!(followed.text().expect("text"), "/shop/wares/7?page=2");
    for path in ["/", "/wares/7", "/shop/", "/shops"] {
        assert_eq!(client.get(path).await.expect("sent").status(), 404, "{path}");
    }
    let ware = Ware { number: 7, page: None };
    assert_eq!(Application::empty().mount("/a/b", shop()).url(&ware).expect("a link"), "/a/b/wares/7");
    assert_eq!(Application::from(shop()).url(&ware).expect("a link"), "/wares/7");
    assert_eq!(ware.url(), "/wares/7");
}

#[tokio::test]
async fn a_prefix_of_any_letters_is_encoded_in_links() {
    for (prefix, encoded) in
        [("/café", "/caf%C3%A9"), ("/caf%c3%a9", "/caf%C3%A9"), ("/the shop", "/the%20shop"), ("/a/ü", "/a/%C3%BC")]
    {
        let client = TestClient::new(Application::empty().mount(prefix, shop()));
        let answer = client.get(Ware { number: 3, page: None }).await.expect("the prefix is known");
        assert_eq!(answer.text().expect("text"), format!("{encoded}/wares/3"));
        let answer = client.get(shop_index {}).await.expect("sent");
        assert_eq!(answer.header("location"), format!("{encoded}/wares/7?page=2"));
        let url = Application::empty().mount(prefix, shop()).url(&shop_index {});
        assert_eq!(url.expect("a link"), encoded);
    }
}

/// Sends on to the page after it, with all that the request brought.
#[handler("/pages/{number}")]
#[derive(Clone)]
struct Page {
    number: u32,
    #[cookie]
    theme: Option<String>,
}

#[handler]
impl Page {
    #[get]
    async fn next(&self) -> Redirect {
        Redirect::to(Page { number: self.number + 1, ..self.clone() })
    }
}

#[tokio::test]
async fn a_cookie_that_cannot_be_written_is_no_fault_of_the_link() {
    let client = TestClient::new(Application::new());
    for cookie in ["theme=\"dark blue\"", "theme=dark blue", "theme=a\\b"] {
        let answer = client.get("/pages/1").header("cookie", cookie).await.expect("sent");
        assert_eq!((answer.status().as_u16(), answer.header("location")), (303, "/pages/2"), "{cookie}");
    }
    let page = Page { number: 1, theme: Some("dark blue".into()) };
    assert_eq!(page.url(), "/pages/1");
    let error = client.get(page).await.expect_err("a client cannot send it");
    assert!(error.is_link() && error.to_string().contains("cookie `theme`"), "{error}");
}

#[test]
fn every_value_of_an_enum_has_its_name() {
    for (colour, name) in [(Colour::Red, "red"), (Colour::Blue, "deep blue/%"), (Colour::r#Type, "type")] {
        assert_eq!(colour.to_param(), name);
        assert_eq!(Colour::from_param(name), Ok(colour));
    }
}

//! Names that are keywords, and names that are not ASCII.

#![allow(non_camel_case_types, reason = "a raw name is what it is")]

use squall::testing::TestClient;
use squall::{Application, Param, get, handler};

#[derive(Clone, Copy, Debug, Param)]
enum Kind {
    r#Match,
    Größer,
}

#[handler("/raw/{type}/{fn}")]
struct r#struct {
    r#type: String,
    r#fn: u8,
    #[query(default = 1, range = 1..=9)]
    r#loop: u8,
    #[query]
    r#in: Option<Kind>,
    #[header]
    r#ref: Option<String>,
}

#[handler]
impl r#struct {
    #[get]
    async fn r#move(&self) -> String {
        let Self { r#type, r#fn, r#loop, r#in, r#ref } = self;
        format!("{type} {fn} {loop} {in:?} {ref:?}")
    }
}

#[get("/raw/{match}")]
async fn r#async(r#match: String, #[query] r#use: Option<u8>) -> String {
    format!("{match} {use:?}")
}

#[get("/raw", name = r#While)]
async fn r#while() -> &'static str {
    "while"
}

#[handler("/größe/{straße}")]
#[derive(Clone, Debug)]
struct Größe {
    straße: String,
    #[query(default = "klein", length = 1..=9)]
    maß: String,
    #[query]
    数: Vec<u8>,
}

#[handler]
impl Größe {
    #[get]
    async fn zeigen(&self) -> String {
        format!("{} {} {:?}", self.straße, self.maß, self.数)
    }
}

#[get("/größe/日本/{都市}")]
async fn 名前(都市: String) -> String {
    都市
}

#[tokio::test]
async fn names_may_be_keywords() -> squall::Result<()> {
    let application = Application::empty().handler::<r#struct>().handler::<r#async>().handler::<r#While>();
    let client = TestClient::new(application);
    let request = r#struct { r#in: Some(Kind::r#Match), ..r#struct::at("a b".into(), 7) };
    assert_eq!(request.url(), "/raw/a%20b/7?in=match");
    assert_eq!(client.get(request).await?.text()?, "a b 7 1 Some(Match) None");
    assert_eq!(client.get("/raw/x/1?loop=10").await?.status(), 422);
    assert_eq!(client.get(r#async { r#match: "m".into(), r#use: Some(1) }).await?.text()?, "m Some(1)");
    assert_eq!(client.get(r#While {}).await?.text()?, "while");
    let answer = client.get("/raw/x/y").await?;
    assert!(answer.text()?.contains("\"fn\""), "{}", answer.text()?);
    Ok(())
}

#[tokio::test]
async fn names_and_paths_may_be_in_any_script() -> squall::Result<()> {
    let client = TestClient::new(Application::empty().handler::<Größe>().handler::<名前>());
    let request = Größe { 数: vec![1, 2], ..Größe::at("Hauptstraße".into()) };
    assert_eq!(request.url(), "/gr%C3%B6%C3%9Fe/Hauptstra%C3%9Fe?%E6%95%B0=1&%E6%95%B0=2");
    assert_eq!(client.get(request).await?.text()?, "Hauptstraße klein [1, 2]");
    assert_eq!(client.get(名前 { 都市: "東京".into() }).await?.text()?, "東京");
    assert_eq!(client.get("/gr%c3%b6%c3%9fe/x?ma%C3%9F=mittel").await?.text()?, "x mittel []");
    Ok(())
}

#[test]
fn a_word_in_any_script_is_a_word_on_the_wire() {
    assert_eq!(Kind::Größer.to_param(), "größer");
    assert!(Kind::from_param("größer").is_ok());
}

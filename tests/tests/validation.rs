//! Rules: of inputs by `pattern`, `range` and `length`, and of whole values by `Valid`.

use serde::{Deserialize, Serialize};
use squall::rejection::{JsonRejection, ValidRejection};
use squall::testing::TestClient;
use squall::{Application, Form, Json, Query, Valid, Validate, Violations, get, handler, post};

#[derive(Deserialize, Serialize, garde::Validate)]
struct Basket {
    #[garde(length(min = 1, max = 3))]
    owner: String,
    #[garde(dive)]
    items: Vec<Item>,
    #[garde(dive)]
    #[serde(default)]
    gift: Option<Item>,
}

#[derive(Deserialize, Serialize, garde::Validate)]
struct Item {
    #[garde(range(min = 1))]
    price: i64,
}

/// One with rules of its own.
#[derive(Deserialize, Serialize)]
struct Span {
    from: u8,
    to: u8,
}

impl Validate for Span {
    fn validate(&self, violations: &mut Violations) {
        if self.from > self.to {
            violations.add("/from", "must not be after the end");
            violations.add("", "must not be reversed");
        }
    }
}

#[post("/baskets")]
async fn basket(#[query(range = 1..)] number: u8, Valid(Json(basket)): Valid<Json<Basket>>) -> String {
    format!("{number} {}", basket.owner)
}

#[post("/baskets/maybe")]
async fn maybe(basket: Option<Valid<Json<Basket>>>) -> String {
    basket.map_or("none".to_owned(), |basket| basket.0.0.owner)
}

#[post("/baskets/tried")]
async fn tried(basket: Result<Valid<Json<Basket>>, ValidRejection<JsonRejection>>) -> String {
    basket.map_or_else(|rejection| rejection.to_string(), |basket| basket.0.0.owner)
}

#[post("/spans/form")]
async fn span_form(span: Valid<Form<Span>>) -> String {
    (span.0.0.to - span.0.0.from).to_string()
}

#[get("/spans")]
async fn span_query(Valid(Query(span)): Valid<Query<Span>>) -> String {
    (span.to - span.from).to_string()
}

/// An item.
#[handler("/people/{name}/{year}")]
struct Person {
    #[path(pattern = "^[a-z]+$", length = 2..=5)]
    name: String,
    #[path(range = 1900..=2100)]
    year: u16,
    #[query(pattern = "^[a-z]{2}$", default = "de")]
    lang: String,
    #[query(pattern = r"^\d+$")]
    tag: Vec<String>,
    #[header("x-trace", pattern = "^[0-9a-f]+$")]
    trace: Option<String>,
    #[cookie(pattern = "^(light|dark)$", length = 1..)]
    theme: Option<String>,
}

#[handler]
impl Person {
    #[get]
    async fn show(&self) -> String {
        format!("{} {} {} {:?} {:?} {:?}", self.name, self.year, self.lang, self.tag, self.trace, self.theme)
    }
}

#[get("/argument/{id}", register = false)]
async fn argument(#[path(range = 1..=9)] id: u8, #[query(pattern = "^a")] text: Option<String>) -> String {
    format!("{id} {text:?}")
}

#[get("/wrong", register = false)]
async fn wrong_default(#[query(pattern = "^[a-z]+$", default = "A")] text: String) -> String {
    text
}

fn client() -> TestClient {
    TestClient::new(Application::new())
}

#[tokio::test]
async fn every_broken_rule_is_told_with_its_place() {
    let client = client();
    let basket = r#"{"owner":"","items":[{"price":1},{"price":0}],"gift":{"price":-1}}"#;
    let body = serde_json::from_str::<serde_json::Value>(basket).expect("JSON");
    let answer = client.post("/baskets?number=0").body(Json(body)).await.expect("an answer");
    assert_eq!(answer.status(), 422);
    let text = answer.text().expect("text");
    for part in [
        r#"{"in":"query","name":"number","detail":"must be at least 1"}"#,
        r#"{"in":"body","pointer":"/owner","detail":""#,
        r#"{"in":"body","pointer":"/items/1/price","detail":""#,
        r#"{"in":"body","pointer":"/gift/price","detail":""#,
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("/items/0"), "{text}");

    let good = Basket { owner: "Ann".into(), items: vec![], gift: None };
    let answer = client.post("/baskets?number=1").body(Json(good)).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "1 Ann");
}

#[tokio::test]
async fn what_cannot_be_read_is_not_judged() {
    let client = client();
    let answer = client.post("/baskets?number=1").body(Json([1])).await.expect("an answer");
    assert_eq!(answer.status(), 422);
    assert!(answer.text().expect("text").contains(r#""pointer":"/0""#), "{answer:?}");
    let text = client.post("/baskets?number=1").body("x").await.expect("an answer");
    assert_eq!(text.status(), 415);
    assert_eq!(client.post("/baskets/maybe").await.expect("an answer").text().expect("text"), "none");
    let broken = || Json(Basket { owner: String::new(), items: vec![], gift: None });
    assert_eq!(client.post("/baskets/maybe").body(broken()).await.expect("an answer").status(), 422);
    let told = client.post("/baskets/tried").body(broken()).await.expect("an answer");
    assert!(told.text().expect("text").starts_with("the value breaks its rules: /owner "), "{told:?}");
}

#[tokio::test]
async fn forms_and_queries_name_the_field() {
    let client = client();
    let answer = client.post("/spans/form").body(Form(Span { from: 2, to: 1 })).await.expect("an answer");
    assert_eq!(answer.status(), 422);
    let text = answer.text().expect("text");
    assert!(text.contains(r#"{"in":"body","name":"from","pointer":"/from","detail":"must not be after the end"}"#));
    assert!(text.contains(r#"{"in":"body","pointer":"","detail":"must not be reversed"}"#), "{text}");

    let answer = client.get("/spans?from=2&to=1").await.expect("an answer");
    assert_eq!(answer.status(), 422);
    let text = answer.text().expect("text");
    assert!(text.contains(r#"{"in":"query","name":"from","detail":"must not be after the end"}"#), "{text}");
    assert_eq!(client.get("/spans?from=1&to=3").await.expect("an answer").text().expect("text"), "2");
}

#[tokio::test]
async fn patterns_hold_wherever_a_value_comes_from() {
    let client = client();
    let good =
        client.get("/people/ann/2000?lang=fr&tag=1&tag=22").header("x-trace", "0f").header("cookie", "theme=dark");
    assert_eq!(
        good.await.expect("an answer").text().expect("text"),
        r#"ann 2000 fr ["1", "22"] Some("0f") Some("dark")"#
    );
    assert_eq!(client.get("/people/ann/2000").await.expect("an answer").status(), 200, "absent values have no fault");
    let bad = client.get("/people/A/1800?lang=FR&tag=1&tag=x").header("x-trace", "xyz").header("cookie", "theme=blue");
    let bad = bad.await.expect("an answer");
    assert_eq!(bad.status(), 422);
    let text = bad.text().expect("text");
    for part in [
        r#"{"in":"path","name":"name","detail":"must match `^[a-z]+$`"}"#,
        r#"{"in":"path","name":"name","detail":"must have between 2 and 5 characters"}"#,
        r#"{"in":"path","name":"year","detail":"must be between 1900 and 2100"}"#,
        r#"{"in":"query","name":"lang","detail":"must match `^[a-z]{2}$`"}"#,
        r#"{"in":"query","name":"tag","detail":"must match `^\\d+$`"}"#,
        r#"{"in":"header","name":"x-trace","detail":"must match `^[0-9a-f]+$`"}"#,
        r#"{"in":"cookie","name":"theme","detail":"must match `^(light|dark)$`"}"#,
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[tokio::test]
async fn arguments_take_the_same_rules() {
    let client = TestClient::new(Application::empty().handler::<argument>());
    assert_eq!(client.get("/argument/5?text=ab").await.expect("an answer").text().expect("text"), r#"5 Some("ab")"#);
    let bad = client.get("/argument/10?text=b").await.expect("an answer");
    assert_eq!(bad.status(), 422);
    let text = bad.text().expect("text");
    assert!(text.contains("must be between 1 and 9") && text.contains("must match `^a`"), "{text}");
}

#[test]
fn a_default_has_to_match_its_pattern() {
    let report = Application::empty().handler::<wrong_default>().check().expect_err("a fault").to_string();
    assert!(report.contains("the default of `text` must match `^[a-z]+$`"), "{report}");
}

//! The handlers of the strict crate, called.

use squall::{Json, http::Method, testing::TestClient};
use squall_test_strict::handlers::{Item, Order, Page, Silence, View, hello};
use squall_test_strict::scopes::{Sale, picture, pictures};
use squall_test_strict::{app, routes};

#[tokio::test]
async fn strict_lints_leave_handlers_as_they_are() -> squall::Result<()> {
    let client = TestClient::new(app());
    let item = || Item::at(7, Page::default());
    let sorted = Item { order: Order::Cheapest, tag: vec!["a".into(), "b".into()], ..item() };
    let view = client.get(sorted).await?.json()?;
    assert_eq!(view.text, "strict 20 Cheapest [\"a\", \"b\"] 0 light");
    let answer = client.put(item()).body(Json(View { id: 1, text: "new".into() })).await?;
    assert_eq!(answer.json()?.text, "new");
    assert_eq!(client.delete(item()).await?.status(), 204);
    assert_eq!(client.post(item()).await?.text()?, "20");
    assert_eq!(client.request(Method::from_bytes(b"PURGE").expect("a method"), item()).await?.status(), 202);
    assert_eq!(client.get(hello { name: "Ann".into(), excited: Some(true) }).await?.text()?, "Hello, Ann!");
    assert_eq!(client.delete(Silence {}).await?.status(), 200);
    assert_eq!(client.get("/private").await?.text()?, "private");
    assert_eq!(client.get("/hidden?id=3").await?.text()?, "3");
    Ok(())
}

#[tokio::test]
async fn strict_lints_leave_scopes_as_they_are() -> squall::Result<()> {
    let client = TestClient::new(app());
    assert_eq!(Sale { id: 7 }.url(), "/shop/desk/sales/7");
    assert_eq!(client.get(Sale { id: 7 }).header("x-user", "ann").await?.text()?, "ann");
    assert_eq!(client.get(Sale { id: 0 }).header("x-user", "ann").await?.status(), 404);
    assert_eq!(client.get(Sale { id: 7 }).await?.text()?, "page");
    assert_eq!(client.put(Sale { id: 7 }).header("x-user", "ann").await?.status(), 201);
    assert_eq!(client.get(pictures {}).header("x-user", "ann").await?.status(), 204);
    assert_eq!(client.post(picture {}).header("x-user", "ann").body("x").await?.status(), 415);
    Ok(())
}

#[test]
fn its_routes_can_be_mounted() {
    let application = squall::Application::empty().mount("/strict", routes()).state(String::new());
    application.check().expect("every route is right");
}

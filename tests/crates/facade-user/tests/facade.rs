//! Handlers that reach squall through another crate, and that its macros make.

use squall_test_facade::squall::{Result, testing::TestClient};
use squall_test_facade_user::{Item, Word, app, room};

#[tokio::test]
async fn squall_can_be_handed_on_by_another_crate() -> Result<()> {
    let client = TestClient::new(app().await);
    assert_eq!(client.get(Item { id: 7 }).await?.text()?, "7");
    assert_eq!(client.get("/inner").await?.text()?, "inner");
    assert_eq!(client.post("/").body("given").await?.text()?, "given");
    Ok(())
}

#[tokio::test]
async fn macros_of_another_crate_make_scopes() -> Result<()> {
    let client = TestClient::new(app().await);
    assert_eq!(client.get(room {}).header("x-word", "please").await?.text()?, "please");
    assert_eq!(client.get(room {}).await?.text()?, "page");
    assert_eq!(client.post("/house/room").header("x-word", "please").await?.status(), 201);
    Ok(())
}

#[tokio::test]
async fn macros_of_another_crate_make_handlers() -> Result<()> {
    let client = TestClient::new(app().await);
    assert_eq!(client.get("/health").await?.text()?, "well");
    assert_eq!(client.get("/words/ab").await?.json_as::<String>()?, "ab");
    assert_eq!(client.get("/numbers/7").await?.json_as::<u8>()?, 7);
    assert_eq!(client.get("/numbers/700").await?.status(), 400);
    assert_eq!(client.get(Word::at("x y".into())).await?.json()?, "x y");
    Ok(())
}

//! Generated code is a guest: scopes, hooks and periodic functions work whatever stands around them.
//!
//! What needs a crate of its own stands in `tests/crates`: `strict`, `renamed`, `facade` and `facade-user`.

#![allow(clippy::all, clippy::pedantic, reason = "odd ways to write it are what is tested")]

#[path = "hygiene_of_hooks/macros.rs"]
mod macros;
#[path = "hygiene_of_hooks/no_prelude.rs"]
mod no_prelude;
#[path = "hygiene_of_hooks/odd_places.rs"]
mod odd_places;

use squall::testing::TestClient;

// The attribute of these tests needs a prelude.
#[tokio::test]
async fn hooks_take_nothing_from_the_prelude() -> squall::Result<()> {
    use no_prelude::{Item, app, function};

    let client = TestClient::new(app());
    assert_eq!(client.get(Item::at(7)).header("x-user", "ann").await?.text()?, "ann7");
    assert_eq!(client.get(Item::at(7)).header("x-user", "a").await?.text()?, "page");
    assert_eq!(client.get(Item::at(0)).header("x-user", "ann").await?.status(), 404);
    assert_eq!(client.get(function {}).header("x-user", "ann").await?.status(), 202);
    assert_eq!(client.get(function {}).await?.text()?, "page");
    Ok(())
}

//! Generated code is a guest: it works whatever stands around it.
//!
//! What needs a crate of its own stands in `tests/crates`: `strict`, `renamed`, `facade` and `facade-user`.

#[path = "hygiene/lookalikes.rs"]
mod lookalikes;
#[path = "hygiene/macros.rs"]
mod macros;
#[path = "hygiene/no_prelude.rs"]
mod no_prelude;
#[path = "hygiene/prelude_names.rs"]
mod prelude_names;
#[path = "hygiene/raw_and_foreign.rs"]
mod raw_and_foreign;
#[path = "hygiene/traits.rs"]
mod traits;
#[path = "hygiene/variables.rs"]
mod variables;

use squall::Json;
use squall::testing::TestClient;

// The attribute of these tests needs a prelude.
#[tokio::test]
async fn nothing_comes_from_the_prelude() -> squall::Result<()> {
    use no_prelude::{app, cheapest, function, nothing};

    let client = TestClient::new(app());
    assert_eq!(cheapest().url(), "/no-prelude/7/a/b?order=least");
    assert_eq!(client.get(cheapest()).await?.json()?, (8, 20));
    assert_eq!(client.put(cheapest()).body("body").await?.text()?, "a/bbody");
    assert_eq!(client.post(cheapest()).body(Json(3)).await?.text()?, "3");
    assert_eq!(client.get(function { name: "x".into(), times: None }).await?.text()?, "x");
    assert_eq!(client.post(nothing {}).await?.status(), 200);
    Ok(())
}

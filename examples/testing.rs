//! How to test: `cargo test --example testing`. No port is opened, and requests are the handlers' own structs.

use squall::{Application, Json, State, get, handler};

struct Prices {
    per_item: u32,
}

#[handler("/basket/{items}")]
#[derive(Debug, PartialEq)]
struct Basket {
    items: u32,
    #[query(default = 0, range = 0..=50)]
    discount: u32,
}

#[handler]
impl Basket {
    #[get]
    async fn total(&self, prices: State<Prices>) -> Json<u32> {
        Json(self.items * prices.per_item * (100 - self.discount) / 100)
    }
}

#[get("/")]
async fn index() -> &'static str {
    "GET /basket/3?discount=10"
}

#[squall::main]
async fn app() -> Application {
    Application::new().state(Prices { per_item: 7 })
}

#[cfg(test)]
mod tests {
    use super::{Basket, Prices, app, index};
    use squall::{State, testing::TestClient};

    #[tokio::test]
    async fn a_basket_has_a_price() -> squall::Result<()> {
        let client = TestClient::new(app().await.replace_state(Prices { per_item: 10 }));
        assert_eq!(client.get(Basket::at(3)).await?.json()?, 30);
        assert_eq!(client.get(Basket { items: 3, discount: 10 }).await?.json()?, 27);
        assert_eq!(client.get("/basket/3?discount=51").await?.status(), 422);
        assert_eq!(client.get(index {}).await?.text()?, "GET /basket/3?discount=10");
        Ok(())
    }

    #[tokio::test]
    async fn a_handler_is_a_method() {
        assert_eq!(Basket::at(2).total(State::from(Prices { per_item: 5 })).await.0, 10);
        assert_eq!(Basket { items: 2, discount: 5 }.url(), "/basket/2?discount=5");
    }
}

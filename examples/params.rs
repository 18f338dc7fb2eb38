//! scratch
use squall::{Application, Json, NoContent, Param, Redirect, State, get, handler};

struct Shop {
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Param)]
enum Sort {
    Newest,
    OldestFirst,
}

/// One item of the shop.
#[handler("/items/{id}")]
#[derive(Clone, Debug)]
struct Item {
    id: u64,
    #[query]
    verbose: Option<bool>,
    #[query(default = 20, range = 1..=100)]
    limit: u32,
    #[query]
    tag: Vec<String>,
    #[query(default = Sort::Newest)]
    sort: Sort,
    #[header]
    accept_language: Option<String>,
    #[cookie]
    theme: Option<String>,
}

#[handler]
impl Item {
    /// Shows the item.
    #[get]
    async fn show(&self, shop: State<Shop>) -> Result<Json<String>, squall::StatusCode> {
        Ok(Json(format!("{} {self:?}", shop.name)))
    }
    #[put]
    async fn replace(&self, shop: State<Shop>, item: Json<u32>) -> Result<Json<u32>, squall::StatusCode> {
        let _ = shop;
        Ok(item)
    }
    #[delete]
    async fn remove(self, _shop: State<Shop>) -> NoContent {
        NoContent
    }
    #[post(blocking)]
    fn block(self) -> String {
        self.price_key()
    }
    #[method("PURGE")]
    async fn purge(self, Json(x): Json<u32>) -> Redirect {
        Redirect::to(Item::at(u64::from(x)))
    }
    fn price_key(&self) -> String {
        format!("k{}", self.id)
    }
}

#[get("/hello/{name}")]
async fn hello(name: String, #[query] excited: Option<bool>, greeter: State<Shop>) -> String {
    format!("{name} {excited:?} {}", greeter.name)
}

#[get("/")]
async fn index() -> &'static str {
    "Hello, world"
}

#[squall::main]
async fn app() -> Application {
    Application::new().state(Shop { name: "x".into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use squall::testing::TestClient;
    #[tokio::test]
    async fn all() {
        let client = TestClient::new(app().await);
        let t: String = client.get(Item { verbose: Some(true), ..Item::at(7) }).await.unwrap().json().unwrap();
        println!("{t}");
        println!("{:?}", client.get("/items/x?limit=0&sort=a").await.unwrap());
        println!("{:?}", client.put(Item::at(7)).body(Json(3)).await.unwrap());
        println!("{:?}", client.post(Item::at(7)).await.unwrap());
        println!("{:?}", client.request("PURGE".parse().unwrap(), Item::at(7)).body(Json(5)).await.unwrap());
        println!("{:?}", client.head(Item::at(7)).await.unwrap());
        println!("{:?}", client.options("/items/9").await.unwrap());
        println!("{:?}", client.patch("/items/9").await.unwrap());
        println!("{:?}", client.get(hello { name: "A b".into(), excited: None }).await.unwrap());
        println!("{}", Item { verbose: Some(true), sort: Sort::OldestFirst, ..Item::at(7) }.url());
    }
}

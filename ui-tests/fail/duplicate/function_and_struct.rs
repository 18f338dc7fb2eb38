use squall::{get, handler};

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

#[get("/items")]
async fn items() {}

fn main() {}

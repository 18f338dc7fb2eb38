use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get("/items")]
    async fn list(&self) {}
}

fn main() {}

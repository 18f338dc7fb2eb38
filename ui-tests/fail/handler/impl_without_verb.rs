use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    async fn list(&self) {}
}

fn main() {}

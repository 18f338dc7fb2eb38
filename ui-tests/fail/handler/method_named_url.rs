use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn url(&self) {}
}

fn main() {}

use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    const LIST: &'static str = "all items";

    #[post]
    async fn add(&self) {}
}

fn main() {}

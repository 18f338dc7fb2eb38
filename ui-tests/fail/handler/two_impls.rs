use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

#[handler]
impl Items {
    #[post]
    async fn add(&self) {}
}

fn main() {}

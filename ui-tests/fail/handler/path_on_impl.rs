use squall::handler;

#[handler("/items")]
struct Items;

#[handler("/items")]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

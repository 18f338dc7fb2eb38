use squall::handler;

#[handler("/items", register(false))]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

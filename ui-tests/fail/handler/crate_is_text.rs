use squall::handler;

#[handler("/items", crate = "squall")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

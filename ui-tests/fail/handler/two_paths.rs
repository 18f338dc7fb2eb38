use squall::handler;

#[handler("/items", "/things")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

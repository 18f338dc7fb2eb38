use squall::handler;

#[handler("/items", register = "no")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

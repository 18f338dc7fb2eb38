use squall::handler;

#[handler("/items", register = false, register = true)]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

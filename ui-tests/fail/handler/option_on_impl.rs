use squall::handler;

#[handler("/items")]
struct Items;

#[handler(register = false)]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

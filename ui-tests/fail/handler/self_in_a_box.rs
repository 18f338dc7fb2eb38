use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(self: Box<Self>) {}
}

fn main() {}

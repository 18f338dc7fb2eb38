use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self);
}

fn main() {}

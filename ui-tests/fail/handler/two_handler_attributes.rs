use squall::handler;

#[handler("/items")]
#[handler("/things")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

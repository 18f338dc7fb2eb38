use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get(blocking)]
    async fn list(&self) {}
}

fn main() {}

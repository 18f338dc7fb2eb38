use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[post(body = "20MB")]
    async fn add(&self) {}
}

fn main() {}

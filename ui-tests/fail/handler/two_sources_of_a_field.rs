use squall::handler;

#[handler("/items")]
struct Items {
    #[query]
    #[header]
    page: u64,
}

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

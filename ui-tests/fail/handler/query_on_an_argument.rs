use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self, #[query] _page: Option<u64>) {}
}

fn main() {}

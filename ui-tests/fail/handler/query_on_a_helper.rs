use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {
        self.page(1);
    }

    fn page(&self, #[query] _page: u64) {}
}

fn main() {}

use squall::handler;

struct Shop;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self, _shop: Shop) {}
}

fn main() {}

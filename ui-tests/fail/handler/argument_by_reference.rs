use squall::{State, handler};

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self, _shop: &State<u64>) {}
}

fn main() {}

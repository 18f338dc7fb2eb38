use squall::{FromRequest, handler};

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[post]
    async fn add(&self, _item: impl FromRequest) {}
}

fn main() {}

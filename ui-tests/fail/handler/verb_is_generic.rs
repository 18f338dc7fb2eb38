use squall::{FromRequest, handler};

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[post]
    async fn add<T: FromRequest>(&self, _item: T) {}
}

fn main() {}

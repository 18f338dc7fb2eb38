use squall::handler;

#[handler("/items/{id}")]
struct Item<T> {
    id: T,
}

#[handler]
impl<T> Item<T> {
    #[get]
    async fn show(&self) -> &'static str {
        "an item"
    }
}

fn main() {}

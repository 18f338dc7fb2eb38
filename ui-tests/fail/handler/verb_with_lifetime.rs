use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list<'a>(&'a self) -> &'static str {
        "all items"
    }
}

fn main() {}

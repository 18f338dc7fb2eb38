use squall::handler;

#[handler("/items")]
struct Items;

trait List {
    async fn list(&self) -> &'static str;
}

#[handler]
impl List for Items {
    #[get]
    async fn list(&self) -> &'static str {
        "all items"
    }
}

fn main() {}

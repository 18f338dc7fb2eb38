use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    const fn list(&self) -> &'static str {
        "all items"
    }
}

fn main() {}

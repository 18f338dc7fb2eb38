use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[cfg_attr(unix, get)]
    async fn list(&self) {}
}

fn main() {}

use squall::handler;

#[handler("/items")]
struct Items {
    #[cfg_attr(unix, query)]
    page: u64,
}

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

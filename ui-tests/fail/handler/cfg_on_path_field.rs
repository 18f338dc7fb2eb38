use squall::handler;

#[handler("/items/{id}")]
struct Item {
    #[cfg(unix)]
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) {}
}

fn main() {}

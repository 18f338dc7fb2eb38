use squall::handler;

#[handler("/items/{id}")]
struct Item {
    #[query]
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) {}
}

fn main() {}

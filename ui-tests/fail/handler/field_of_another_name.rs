use squall::handler;

#[handler("/items/{id}")]
struct Item {
    number: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) {}
}

fn main() {}

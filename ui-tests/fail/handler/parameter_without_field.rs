use squall::handler;

#[handler("/items/{id}")]
struct Item;

#[handler]
impl Item {
    #[get]
    async fn show(&self) {}
}

fn main() {}

use squall::handler;

#[handler("/items/{id}")]
struct Item(u64);

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> String {
        self.0.to_string()
    }
}

fn main() {}

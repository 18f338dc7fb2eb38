use squall::handler;

#[handler("/items/{id}")]
struct Item {
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> String {
        self.at().to_string()
    }

    fn at(&self) -> u64 {
        self.id
    }
}

fn main() {}

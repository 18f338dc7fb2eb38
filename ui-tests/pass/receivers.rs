use squall::handler;

#[handler("/items/{id}")]
struct Item {
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> String {
        self.id.to_string()
    }

    #[put]
    async fn replace(mut self) -> String {
        self.id += 1;
        self.id.to_string()
    }

    #[patch]
    async fn change(self: &Self) {}

    #[delete]
    async fn remove(self: Self) {}

    #[post]
    async fn copy(self: &Item) {}

    fn helper(&mut self) -> &mut u64 {
        &mut self.id
    }

    const LIMIT: u64 = 7;

    fn make() -> Self {
        Self { id: Self::LIMIT }
    }
}

fn main() {
    *Item::make().helper() = 1;
}

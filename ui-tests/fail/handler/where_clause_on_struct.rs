use squall::handler;

#[handler("/items/{id}")]
struct Item
where
    u64: Copy,
{
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) {}
}

fn main() {}

use squall::{Client, handler};

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
}

async fn check() -> squall::Result<()> {
    let client = Client::new("http://127.0.0.1:8888")?;
    client.delete(Item::at(7)).await?;
    Ok(())
}

fn main() {
    let _ = check();
}

use squall::testing::TestClient;
use squall::{Application, handler};

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
    let client = TestClient::new(Application::new());
    client.post(Item::at(7)).await?;
    Ok(())
}

fn main() {
    let _ = check();
}

use squall::Application;
use squall::testing::TestClient;

struct Item;

async fn check() -> squall::Result<()> {
    let client = TestClient::new(Application::new());
    client.get(Item).await?;
    Ok(())
}

fn main() {
    let _ = check();
}

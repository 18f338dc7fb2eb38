use squall::testing::TestClient;
use squall::{Application, get};

#[get("/")]
async fn index() -> &'static str {
    "Hello, world"
}

async fn check() -> squall::Result<()> {
    let client = TestClient::new(Application::new());
    client.delete(index {}).await?;
    Ok(())
}

fn main() {
    let _ = check();
}

use squall::testing::TestClient;
use squall::{Application, Json, get, handler};

#[handler("/items/{id}")]
struct Item {
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> Result<Json<u64>, squall::StatusCode> {
        Ok(Json(self.id))
    }
}

#[get("/")]
async fn index() -> &'static str {
    "Hello, world"
}

#[squall::main(args = false)]
async fn app() -> squall::Result<Application> {
    let client = TestClient::new(Application::new());
    let id: u64 = client.get(Item::at(7)).await?.json()?;
    assert_eq!(id, 7);
    assert_eq!(client.get(index {}).await?.status(), 200);
    assert_eq!(client.head(index {}).await?.status(), 200);
    std::process::exit(0)
}

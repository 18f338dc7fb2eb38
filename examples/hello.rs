//! Text on `/`, the smallest program: `cargo run --example hello`.

use squall::{Application, get};

#[get("/")]
async fn index() -> &'static str {
    "Hello, world"
}

#[squall::main]
async fn app() -> Application {
    Application::new()
}

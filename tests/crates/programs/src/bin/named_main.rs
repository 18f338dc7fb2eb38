//! A program whose builder is called `main`.

use squall::{Application, get};

#[get("/")]
async fn index() -> &'static str {
    "main"
}

#[squall::main]
async fn main() -> Application {
    Application::new()
}

//! A program that cannot start.

use squall::{Application, State, get};

struct Cellar;

#[get("/{user}/settings")]
async fn settings(user: String, _cellar: State<Cellar>) -> String {
    user
}

#[get("/admin/{page}")]
async fn page(page: String) -> String {
    page
}

#[squall::main(check_test = false)]
async fn app() -> Application {
    Application::new()
}

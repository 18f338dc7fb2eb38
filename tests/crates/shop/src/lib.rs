//! A package with a library and programs: the handlers stand here, the programs only start.

use squall::{Application, State, get};

/// What the shop is called.
#[derive(Debug)]
pub struct Name(pub &'static str);

/// Greets.
#[get("/")]
async fn index(name: State<Name>) -> String {
    format!("Welcome to {}", name.0)
}

/// The application, for the program and for tests.
#[squall::app]
pub async fn app() -> Application {
    Application::new().state(Name("the corner"))
}

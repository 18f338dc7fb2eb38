//! A program that links its library and compiles the same handlers itself.

mod handlers;

use squall::Application;

#[squall::main]
fn app() -> Application {
    Application::new().state(handlers::Currency("EUR"))
}

//! Two modules with handlers, the second before the first.

#[path = "../order/second.rs"]
mod second;

use squall::Application;

#[squall::main]
fn app() -> Application {
    Application::new()
}

#[path = "../order/first.rs"]
mod first;

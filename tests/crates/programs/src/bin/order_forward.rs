//! Two modules with handlers, the first before the second.

#[path = "../order/first.rs"]
mod first;
#[path = "../order/second.rs"]
mod second;

use squall::Application;

#[squall::main]
fn app() -> Application {
    Application::new()
}

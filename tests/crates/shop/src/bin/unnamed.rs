//! A program that never names the library whose handlers it serves.

use squall::Application;

// The state has a type of the library, and naming that would link it.
#[squall::main(check_test = false)]
fn app() -> Application {
    Application::new()
}

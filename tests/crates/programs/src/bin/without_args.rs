//! A program that leaves the command line to itself, and the launch check to its author.

use squall::{Application, get};

#[get("/")]
async fn index() -> &'static str {
    "no arguments"
}

#[squall::main(args = false, check_test = false)]
fn app() -> Application {
    Application::new()
}

/// Compiles, as the attribute generates no test of this name.
#[cfg(test)]
#[test]
fn squall_launch_check() {
    app().check().expect("the application is right");
}

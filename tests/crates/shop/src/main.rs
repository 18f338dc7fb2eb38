//! The program, which has a handler of its own.

use squall::{Application, get};

/// Whether the program runs.
#[get("/health")]
async fn health() -> &'static str {
    "well"
}

#[squall::main]
async fn main() -> Application {
    squall_test_shop::app().await
}

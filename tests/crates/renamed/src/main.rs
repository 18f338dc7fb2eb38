//! A program that calls its dependency `web`.

use web::Application;

#[web::main(crate = web)]
async fn main() -> Application {
    squall_test_renamed::app().await
}

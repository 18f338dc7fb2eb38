//! A program whose builder fails.

use squall::Application;

#[squall::main(check_test = false)]
async fn app() -> Result<Application, String> {
    Err("the cellar is empty".to_owned())
}

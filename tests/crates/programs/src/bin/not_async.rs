//! A program whose builder is no async function, and can fail.

use squall::{Application, get};

#[get("/")]
async fn index() -> &'static str {
    "plain"
}

#[squall::main]
fn app() -> Result<Application, std::num::ParseIntError> {
    let _: u8 = "7".parse()?;
    Ok(Application::new())
}

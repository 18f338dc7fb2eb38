use std::num::ParseIntError;

use squall::Application;

#[squall::main]
pub(crate) async fn app() -> Result<Application, ParseIntError> {
    let number: u64 = "7".parse()?;
    let application = Application::empty().state(number);
    std::mem::forget(application);
    std::process::exit(0);
}

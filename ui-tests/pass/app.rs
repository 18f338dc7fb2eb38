use squall::{Application, get};

#[get("/")]
async fn index() {}

#[squall::app]
pub async fn app() -> Application {
    Application::new()
}

#[squall::app]
pub(crate) fn plain() -> Result<Application, std::fmt::Error> {
    Ok(Application::new())
}

fn main() {
    let _ = app();
    assert!(plain().is_ok());
}

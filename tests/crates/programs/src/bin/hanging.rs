//! A program whose stop never ends.

use squall::{Application, get};

#[get("/")]
async fn index() -> &'static str {
    "hello"
}

#[squall::main]
fn app() -> Application {
    Application::new().on_stop(async |_| {
        eprintln!("the hook has begun");
        std::future::pending::<Result<(), std::io::Error>>().await
    })
}

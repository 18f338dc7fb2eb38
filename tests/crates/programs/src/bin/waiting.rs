//! A program with a blocking verb that never returns.

use squall::{Application, get};

#[get("/", blocking)]
fn wait() -> &'static str {
    eprintln!("the handler has begun");
    loop {
        std::thread::park();
    }
}

#[squall::main]
fn app() -> Application {
    Application::new()
}

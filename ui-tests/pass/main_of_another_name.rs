use squall::{Application, get};

#[get("/")]
async fn index() -> &'static str {
    "Hello, world"
}

fn unused_but_callable() {
    let _ = app();
    std::process::exit(0);
}

#[squall::main(args = false, check_test = false)]
async fn app() -> Application {
    unused_but_callable();
    Application::new()
}

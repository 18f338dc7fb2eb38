use squall::Application;

async fn connect() -> u64 {
    7
}

#[squall::main]
fn app() -> Application {
    Application::new().state(connect().await)
}

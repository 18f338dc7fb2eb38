use squall::Application;

#[squall::main("0.0.0.0:80")]
async fn app() -> Application {
    Application::new()
}

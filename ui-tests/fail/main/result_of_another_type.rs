use squall::Application;

#[squall::main]
async fn app() -> Application {
    Application::new();
}

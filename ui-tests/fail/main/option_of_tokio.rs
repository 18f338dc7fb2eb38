use squall::Application;

#[squall::main(flavor = "current_thread")]
async fn app() -> Application {
    Application::new()
}

use squall::Application;

#[squall::main(args = "no")]
async fn app() -> Application {
    Application::new()
}

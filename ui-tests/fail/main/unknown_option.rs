use squall::Application;

#[squall::main(arsg = false)]
async fn app() -> Application {
    Application::new()
}

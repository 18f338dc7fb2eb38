use squall::Application;

#[squall::main]
unsafe fn app() -> Application {
    Application::new()
}

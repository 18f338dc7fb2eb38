use squall::Application;

#[squall::main]
fn app() -> Application {
    if Application::empty().check().is_ok() {
        return Application::new();
    }
    std::process::exit(0);
}

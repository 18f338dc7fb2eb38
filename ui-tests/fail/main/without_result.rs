use squall::Application;

#[squall::main]
async fn app() {
    Application::new();
}

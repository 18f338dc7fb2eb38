use squall::Application;

#[squall::main]
async fn app(_port: u16) -> Application {
    Application::new()
}

use squall::Application;

#[squall::app]
pub async fn app(_port: u16) -> Application {
    Application::new()
}

fn main() {}

use squall::Application;

#[squall::app(args = false)]
pub async fn app() -> Application {
    Application::new()
}

fn main() {}

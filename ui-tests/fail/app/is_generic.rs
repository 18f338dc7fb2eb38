use squall::Application;

#[squall::app]
pub async fn app<T>() -> Application {
    Application::new()
}

fn main() {}

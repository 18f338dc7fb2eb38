use squall::Application;

#[squall::app]
pub async fn app() {
    Application::new();
}

fn main() {}

use squall::Application;

struct Shop;

impl Shop {
    #[squall::main]
    async fn app(&self) -> Application {
        Application::new()
    }
}

fn main() {
    let _ = Shop.app();
}

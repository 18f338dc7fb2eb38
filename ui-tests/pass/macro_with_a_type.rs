use squall::{Application, handler};

#[handler("/items/{id}")]
struct Item {
    id: u64,
}

macro_rules! shown {
    ($item:ty) => {
        #[handler]
        impl $item {
            #[squall::get]
            async fn show(&self) -> String {
                self.id.to_string()
            }
        }
    };
}

shown!(Item);

fn main() {
    let _ = Application::empty().handler::<Item>();
}

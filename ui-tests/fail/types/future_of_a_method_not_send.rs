use std::rc::Rc;

use squall::handler;

async fn tick() {}

#[handler("/")]
struct Index;

#[handler]
impl Index {
    #[get]
    async fn show(&self) -> String {
        let name = Rc::new(7);
        tick().await;
        name.to_string()
    }
}

fn main() {}

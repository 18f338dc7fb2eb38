use std::rc::Rc;

use squall::get;

async fn tick() {}

#[get("/")]
async fn index() -> String {
    let name = Rc::new(7);
    tick().await;
    name.to_string()
}

fn main() {}

use std::rc::Rc;

use squall::scope;

#[scope("/admin")]
struct Admin;

async fn wait() {}

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) {
        let count = Rc::new(1);
        wait().await;
        drop(count);
    }
}

fn main() {}

use squall::every;

use std::rc::Rc;

#[every("5m")]
async fn clean() {
    let count = Rc::new(1);
    wait().await;
    drop(count);
}

async fn wait() {}

fn main() {}

use squall::{Json, post};

struct NewItem;

#[post("/items")]
async fn add(item: Json<NewItem>) {
    let _ = item.0;
}

fn main() {}

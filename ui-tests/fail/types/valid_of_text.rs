use squall::{Valid, post};

#[post("/items")]
async fn create(item: Valid<String>) -> String {
    item.0
}

fn main() {}

use squall::post;

#[post("/items")]
async fn add(_item: &str) {}

fn main() {}

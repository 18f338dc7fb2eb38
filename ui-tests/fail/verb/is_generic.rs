use squall::{FromRequest, post};

#[post("/items")]
async fn add<T: FromRequest>(_item: T) {}

fn main() {}

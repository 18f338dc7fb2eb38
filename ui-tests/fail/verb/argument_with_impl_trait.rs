use squall::{FromRequest, post};

#[post("/items")]
async fn add(_item: impl FromRequest) {}

fn main() {}

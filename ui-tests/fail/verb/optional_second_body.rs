use squall::{Bytes, Json, post};

#[post("/items")]
async fn add(_item: Json<String>, _raw: Option<Bytes>) {}

fn main() {}

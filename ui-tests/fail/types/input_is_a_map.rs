use std::collections::HashMap;

use squall::get;

#[get("/items")]
async fn items(#[query] all: HashMap<String, String>) -> String {
    all.len().to_string()
}

fn main() {}

use squall::{Json, post};

#[post("/items")]
async fn add(text: String, Json(item): Json<String>) -> String {
    text + &item
}

fn main() {}

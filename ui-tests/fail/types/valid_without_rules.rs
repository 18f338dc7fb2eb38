use squall::{Json, Valid, post};

#[derive(serde::Deserialize)]
struct NewItem {
    name: String,
}

#[post("/items")]
async fn create(item: Valid<Json<NewItem>>) -> String {
    item.0.0.name
}

fn main() {}

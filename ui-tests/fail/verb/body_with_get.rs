use squall::{Json, get};

#[get("/search")]
async fn search(Json(text): Json<String>) -> String {
    text
}

fn main() {}

use serde::{Deserialize, Serialize};
use squall::get;

#[derive(Deserialize, Serialize)]
struct Page {
    number: u32,
}

#[get("/items")]
async fn items(#[query(flatten, pattern = "^[a-z]+$")] page: Page) -> String {
    page.number.to_string()
}

fn main() {}

use squall::get;

#[get("https://example.com/items")]
async fn items() {}

fn main() {}

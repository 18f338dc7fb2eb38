use squall::get;

#[get("/100%/items")]
async fn items() {}

fn main() {}

use squall::get;

#[get("/items\n")]
async fn items() {}

fn main() {}

use squall::get;

#[get("/items")]
async fn items() {}

#[get("/items")]
async fn things() {}

fn main() {}

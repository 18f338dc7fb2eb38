#[squall::get("/items")]
#[squall::post("/items")]
async fn items() {}

fn main() {}

use squall::get;

#[get("/", "/index")]
async fn index() {}

fn main() {}

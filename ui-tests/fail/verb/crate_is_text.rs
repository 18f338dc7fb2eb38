use squall::get;

#[get("/", crate = "squall")]
async fn index() {}

fn main() {}

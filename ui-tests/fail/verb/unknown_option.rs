use squall::get;

#[get("/", registr = false)]
async fn index() {}

fn main() {}

use squall::get;

#[get("/", name = "Index")]
async fn index() {}

fn main() {}

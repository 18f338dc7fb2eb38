use squall::get;

#[get("/", name = pages::Index)]
async fn index() {}

fn main() {}

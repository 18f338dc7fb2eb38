use squall::get;

#[get("/", register =)]
async fn index() {}

fn main() {}

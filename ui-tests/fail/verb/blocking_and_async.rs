use squall::get;

#[get("/", blocking)]
async fn index() {}

fn main() {}

use squall::get;

#[get("/", colour = "red")]
async fn index() {}

fn main() {}

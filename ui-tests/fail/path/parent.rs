use squall::get;

#[get("/items/../users")]
async fn users() {}

fn main() {}

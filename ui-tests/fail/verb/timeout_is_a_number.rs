use squall::get;

#[get("/users", timeout = 5)]
async fn users() {}

fn main() {}

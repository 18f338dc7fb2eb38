use squall::post;

#[post("/", body = 20)]
async fn index() {}

fn main() {}

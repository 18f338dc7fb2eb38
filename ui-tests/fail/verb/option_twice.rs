use squall::post;

#[post("/", detached, detached)]
async fn index() {}

fn main() {}

use squall::scope;

async fn timing() {}

#[scope("/admin", middleware = timing)]
struct Admin;

fn main() {}

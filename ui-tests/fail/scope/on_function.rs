use squall::scope;

#[scope("/admin")]
async fn admin() {}

fn main() {}

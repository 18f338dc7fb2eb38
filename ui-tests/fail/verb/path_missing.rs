use squall::get;

#[get]
async fn index() {}

fn main() {}

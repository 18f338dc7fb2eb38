use squall::get;

#[get(7)]
async fn items() {}

fn main() {}

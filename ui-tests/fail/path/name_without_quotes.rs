use squall::get;

#[get(items)]
async fn items() {}

fn main() {}

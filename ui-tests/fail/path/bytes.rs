use squall::get;

#[get(b"/items")]
async fn items() {}

fn main() {}

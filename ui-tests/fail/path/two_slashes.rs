use squall::get;

#[get("/shop//items")]
async fn items() {}

fn main() {}

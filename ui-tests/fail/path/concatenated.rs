use squall::get;

#[get(concat!("/shop", "/items"))]
async fn items() {}

fn main() {}

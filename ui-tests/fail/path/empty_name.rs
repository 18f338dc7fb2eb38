use squall::get;

#[get("/items/{}")]
async fn item() {}

fn main() {}

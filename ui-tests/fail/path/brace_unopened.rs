use squall::get;

#[get("/items/id}")]
async fn item() {}

fn main() {}

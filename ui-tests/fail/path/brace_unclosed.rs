use squall::get;

#[get("/items/{id")]
async fn item(_id: u64) {}

fn main() {}

use squall::get;

struct Shop;

#[get("/items")]
async fn items(_shop: Shop) {}

fn main() {}

use squall::{Param, get};

#[derive(Param)]
enum Order {
    Newest,
}

#[get("/items")]
async fn items(#[query(default = "newest")] order: Order) {
    let Order::Newest = order;
}

fn main() {}

use squall::Param;

#[derive(Param)]
enum Order {
    Newest,
    #[param(rename = "newest")]
    Latest,
}

fn main() {
    let _ = (Order::Newest, Order::Latest);
}

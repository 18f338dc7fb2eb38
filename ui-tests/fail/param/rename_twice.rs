use squall::Param;

#[derive(Param)]
enum Order {
    #[param(rename = "new")]
    #[param(rename = "newest")]
    Newest,
}

fn main() {
    let _ = Order::Newest;
}

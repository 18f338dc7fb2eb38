use squall::Param;

#[derive(Param)]
enum Order {
    Newest,
    By(String),
}

fn main() {
    let _ = (Order::Newest, Order::By(String::new()));
}

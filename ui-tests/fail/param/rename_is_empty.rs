use squall::Param;

#[derive(Param)]
enum Order {
    #[param(rename = "")]
    Newest,
}

fn main() {
    let _ = Order::Newest;
}

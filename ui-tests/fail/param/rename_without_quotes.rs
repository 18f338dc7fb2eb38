use squall::Param;

#[derive(Param)]
enum Order {
    #[param(rename = new)]
    Newest,
}

fn main() {
    let _ = Order::Newest;
}

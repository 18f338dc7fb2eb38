use squall::Param;

#[derive(Param)]
enum Order {
    #[param("new")]
    Newest,
}

fn main() {
    let _ = Order::Newest;
}

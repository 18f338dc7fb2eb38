use squall::Param;

#[derive(Param)]
enum Order {
    #[param(renmae = "new")]
    Newest,
}

fn main() {
    let _ = Order::Newest;
}

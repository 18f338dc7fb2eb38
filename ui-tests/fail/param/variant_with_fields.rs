use squall::Param;

#[derive(Param)]
enum Order {
    Newest,
    By { field: String },
}

fn main() {
    let _ = (Order::Newest, Order::By { field: String::new() });
}

use squall::Param;

#[derive(Param)]
#[param(rename_all = "kebab-case")]
enum Order {
    Newest,
}

fn main() {
    let _ = Order::Newest;
}

use squall::Param;

#[derive(Param)]
struct Order {
    _name: String,
}

fn main() {}

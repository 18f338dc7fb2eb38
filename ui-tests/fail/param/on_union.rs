use squall::Param;

#[derive(Param)]
union Order {
    _number: u64,
}

fn main() {}

use squall::Param;

#[derive(Param)]
enum Order {}

fn main() {}

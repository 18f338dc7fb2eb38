use squall::scope;

#[scope]
struct Admin;

fn main() {}

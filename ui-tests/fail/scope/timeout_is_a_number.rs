use squall::scope;

#[scope("/admin", timeout = 5)]
struct Admin;

fn main() {}

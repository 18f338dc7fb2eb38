use squall::scope;

#[scope("/admin", timeout)]
struct Admin;

fn main() {}

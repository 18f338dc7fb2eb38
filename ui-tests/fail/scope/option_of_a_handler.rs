use squall::scope;

#[scope("/admin", register = false)]
struct Admin;

fn main() {}

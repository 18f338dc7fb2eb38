use squall::scope;

#[scope("/admin", in = Admin)]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/admin", blocking)]
struct Admin;

fn main() {}

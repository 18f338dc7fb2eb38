use squall::scope;

#[scope("/admin", limits = 5)]
struct Admin;

fn main() {}

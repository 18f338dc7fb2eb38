use squall::scope;

#[scope("/admin", limits = strict)]
struct Admin;

fn main() {}

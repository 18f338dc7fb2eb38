use squall::scope;

#[scope("/admin", limits = squall::Limits::default())]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/admin", body = 5)]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/admin", body = true)]
struct Admin;

fn main() {}

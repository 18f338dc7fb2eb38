use squall::scope;

#[scope("/admin", timeout = "0s")]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/admin", timeout = "5s", timeout = "6s")]
struct Admin;

fn main() {}

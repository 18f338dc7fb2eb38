use squall::scope;

#[scope("/admin", body = "20MB")]
struct Admin;

fn main() {}

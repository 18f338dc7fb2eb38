use squall::scope;

#[scope("/admin", "/office")]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/admin")]
#[scope("/office")]
struct Admin;

fn main() {}

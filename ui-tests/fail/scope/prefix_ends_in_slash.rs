use squall::scope;

#[scope("/admin/")]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/{tenant}")]
struct Tenant;

fn main() {}

use squall::scope;

#[scope("/office")]
struct Office;

#[scope(in = Office)]
struct Admin;

fn main() {}

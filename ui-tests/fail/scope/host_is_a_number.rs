use squall::scope;

#[scope("/", host = 7)]
struct Admin;

fn main() {}

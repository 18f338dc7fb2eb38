use squall::scope;

#[scope("/", host = "a..example")]
struct Admin;

fn main() {}

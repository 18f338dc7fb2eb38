use squall::scope;

#[scope("/", host = "a.example:80")]
struct Admin;

fn main() {}

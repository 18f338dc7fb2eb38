use squall::scope;

#[scope("/admin", timout = "5s")]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/admin")]
#[squall::handler("/admin")]
struct Admin;

fn main() {}

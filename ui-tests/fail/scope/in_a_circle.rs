use squall::scope;

#[scope("/admin", in = Audit)]
struct Admin;

#[scope("/audit", in = Admin)]
struct Audit;

fn main() {}

use squall::scope;

struct Admin;

#[scope("/audit", in = Admin)]
struct Audit;

fn main() {}

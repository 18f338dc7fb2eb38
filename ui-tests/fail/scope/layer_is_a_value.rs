use squall::scope;

struct Counting;

#[scope("/admin", layer = Counting)]
struct Admin;

fn main() {}

use squall::scope;

#[scope("/admin", in = self::Admin)]
struct Admin;

fn main() {}

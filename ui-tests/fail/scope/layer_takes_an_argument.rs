use squall::scope;

fn counting(_: u32) {}

#[scope("/admin", layer = counting)]
struct Admin;

fn main() {}

use squall::scope;

const PREFIX: &str = "/admin";

#[scope(PREFIX)]
struct Admin;

fn main() {}

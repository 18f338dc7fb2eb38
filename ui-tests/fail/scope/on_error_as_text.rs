use squall::scope;

#[scope("/admin", on_error = "page")]
struct Admin;

fn main() {}

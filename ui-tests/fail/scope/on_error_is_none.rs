use squall::scope;

fn page() {}

#[scope("/admin", on_error = page)]
struct Admin;

fn main() {}

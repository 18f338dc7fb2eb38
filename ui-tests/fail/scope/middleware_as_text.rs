use squall::scope;

#[scope("/admin", middleware = "timing")]
struct Admin;

fn main() {}

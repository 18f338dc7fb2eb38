use squall::scope;

#[scope("/admin")]
struct Admin(String);

fn main() {}

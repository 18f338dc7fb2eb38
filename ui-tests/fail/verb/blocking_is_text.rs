use squall::get;

#[get("/", blocking = "yes")]
fn index() {}

fn main() {}

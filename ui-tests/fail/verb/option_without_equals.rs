use squall::get;

#[get("/", blocking: true)]
fn index() {}

fn main() {}

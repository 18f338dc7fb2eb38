use squall::get;

#[get("/")]
extern "C" fn index() {}

fn main() {}

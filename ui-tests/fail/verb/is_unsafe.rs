use squall::get;

#[get("/")]
unsafe fn index() {}

fn main() {}

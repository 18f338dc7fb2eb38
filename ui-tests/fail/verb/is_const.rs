use squall::get;

#[get("/")]
const fn index() -> &'static str {
    "Hello, world"
}

fn main() {}

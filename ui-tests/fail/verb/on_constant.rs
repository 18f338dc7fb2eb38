use squall::get;

#[get("/")]
const INDEX: &str = "Hello, world";

fn main() {
    let _ = INDEX;
}

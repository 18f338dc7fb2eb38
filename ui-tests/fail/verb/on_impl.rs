use squall::get;

struct Items;

#[get("/items")]
impl Items {}

fn main() {
    let _ = Items;
}

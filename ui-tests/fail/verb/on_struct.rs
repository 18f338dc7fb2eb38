use squall::get;

#[get("/items")]
struct Items;

fn main() {
    let _ = Items;
}

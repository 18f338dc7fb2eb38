use squall::get;

struct Items {}

#[get("/items")]
#[allow(non_snake_case)]
async fn Items() {}

fn main() {
    let _ = Items {};
}

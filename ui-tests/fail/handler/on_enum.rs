use squall::handler;

#[handler("/items")]
enum Items {
    All,
}

fn main() {
    let _ = Items::All;
}

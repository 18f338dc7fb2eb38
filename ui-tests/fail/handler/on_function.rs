use squall::handler;

#[handler("/items")]
async fn items() -> &'static str {
    "all items"
}

fn main() {
    let _ = items();
}

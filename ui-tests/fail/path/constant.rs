use squall::get;

const ITEMS: &str = "/items";

#[get(ITEMS)]
async fn items() -> &'static str {
    ITEMS
}

fn main() {}

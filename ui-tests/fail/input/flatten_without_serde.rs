use squall::get;

struct Page {
    number: u32,
}

#[get("/items")]
async fn items(#[query(flatten)] page: Page) -> String {
    page.number.to_string()
}

fn main() {}

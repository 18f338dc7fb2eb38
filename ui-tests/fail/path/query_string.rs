use squall::get;

#[get("/items?page={page}")]
async fn items(page: u64) -> String {
    page.to_string()
}

fn main() {}

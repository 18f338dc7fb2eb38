use squall::get;

#[get("/items")]
async fn items(#[query(length = 1..=3)] limit: u32) -> String {
    limit.to_string()
}

fn main() {}

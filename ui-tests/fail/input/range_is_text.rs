use squall::get;

#[get("/items")]
async fn items(#[query(range = "1..=100")] limit: u32) -> String {
    limit.to_string()
}

fn main() {}

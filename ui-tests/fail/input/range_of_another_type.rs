use squall::get;

#[get("/items")]
async fn items(#[query(range = 1.0..2.0)] limit: u32) -> String {
    limit.to_string()
}

fn main() {}

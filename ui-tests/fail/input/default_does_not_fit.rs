use squall::get;

#[get("/items")]
async fn items(#[query(default = 300)] limit: u8) -> String {
    limit.to_string()
}

fn main() {}

use squall::get;

#[get("/items")]
async fn items(#[query(default = "20")] limit: u32) -> String {
    limit.to_string()
}

fn main() {}

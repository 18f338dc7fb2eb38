use squall::get;

#[get("/items")]
async fn items(#[query(default = 2.5)] limit: u32) -> String {
    limit.to_string()
}

fn main() {}

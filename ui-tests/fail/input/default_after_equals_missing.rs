use squall::get;

#[get("/items")]
async fn items(#[query(default =)] limit: u32) -> String {
    limit.to_string()
}

fn main() {}

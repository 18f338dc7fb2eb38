use squall::get;

#[get("/items")]
async fn items(#[query(default = 20)] limit: Option<u32>) -> String {
    format!("{limit:?}")
}

fn main() {}

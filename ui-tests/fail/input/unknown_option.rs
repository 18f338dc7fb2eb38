use squall::get;

#[get("/items")]
async fn items(#[query(defualt = 20)] limit: u32) -> String {
    limit.to_string()
}

fn main() {}

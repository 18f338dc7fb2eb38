use squall::get;

#[get("/search")]
async fn search(#[query(length = 20)] text: String) -> String {
    text
}

fn main() {}

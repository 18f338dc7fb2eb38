use squall::get;

#[get("/search")]
async fn search(#[query(range = 1..=20)] text: String) -> String {
    text
}

fn main() {}

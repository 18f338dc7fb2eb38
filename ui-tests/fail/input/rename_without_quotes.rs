use squall::get;

#[get("/search")]
async fn search(#[query(rename = q)] text: String) -> String {
    text
}

fn main() {}

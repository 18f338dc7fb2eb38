use squall::get;

#[get("/search")]
async fn search(#[query(rename = "")] text: String) -> String {
    text
}

fn main() {}

use squall::get;

#[get("/search")]
async fn search(#[query("q", rename = "text")] text: String) -> String {
    text
}

fn main() {}

use squall::get;

#[get("/search")]
async fn search(#[query] text: impl Into<String>) -> String {
    text.into()
}

fn main() {}

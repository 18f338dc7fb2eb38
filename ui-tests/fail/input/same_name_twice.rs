use squall::get;

#[get("/search")]
async fn search(#[query] text: String, #[query("text")] again: String) -> String {
    text + &again
}

fn main() {}

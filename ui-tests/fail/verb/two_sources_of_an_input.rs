use squall::get;

#[get("/items")]
async fn items(#[query] #[cookie] page: u64) -> String {
    page.to_string()
}

fn main() {}

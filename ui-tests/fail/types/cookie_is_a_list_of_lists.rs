use squall::get;

#[get("/items")]
async fn items(#[cookie] tags: Vec<Vec<String>>) -> String {
    format!("{tags:?}")
}

fn main() {}

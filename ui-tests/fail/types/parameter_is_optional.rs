use squall::get;

#[get("/items/{id}")]
async fn item(id: Option<u64>) -> String {
    format!("{id:?}")
}

fn main() {}

use squall::get;

#[get("/items/{id}")]
async fn item(#[path("number")] id: u64) -> String {
    id.to_string()
}

fn main() {}

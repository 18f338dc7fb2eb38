use squall::get;

#[get("/items/{id:u64}")]
async fn item(id: u64) -> String {
    id.to_string()
}

fn main() {}

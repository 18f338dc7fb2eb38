use squall::get;

#[get("/items/{id}")]
async fn item(id: u64) -> String {
    id.to_string()
}

#[get("/items/{name}")]
async fn item_by_name(name: String) -> String {
    name
}

fn main() {}

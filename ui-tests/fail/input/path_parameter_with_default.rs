use squall::get;

#[get("/items/{id}")]
async fn item(#[path(default = 1)] id: u64) -> String {
    id.to_string()
}

fn main() {}

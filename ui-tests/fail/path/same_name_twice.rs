use squall::get;

#[get("/{id}/items/{id}")]
async fn item(id: u64) -> String {
    id.to_string()
}

fn main() {}

use squall::get;

#[get("/items/{item-id}")]
async fn item(item_id: u64) -> String {
    item_id.to_string()
}

fn main() {}

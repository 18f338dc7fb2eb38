use squall::get;

#[get("/items/<id>")]
async fn item(id: u64) -> String {
    id.to_string()
}

fn main() {}

use squall::get;

struct Id(u64);

#[get("/items/{id}")]
async fn item(Id(id): Id) -> String {
    id.to_string()
}

fn main() {}

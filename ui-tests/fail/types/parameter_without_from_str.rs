use squall::get;

struct Id;

#[get("/items/{id}")]
async fn item(id: Id) {
    let _ = id;
}

fn main() {}

use squall::get;

#[get("/items/{id}")]
async fn item(#[cfg(unix)] id: u64) {
    let _ = id;
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    photos: Vec<Vec<u8>>,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload;

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

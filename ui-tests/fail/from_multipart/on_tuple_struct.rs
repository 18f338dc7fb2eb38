use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload(String);

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

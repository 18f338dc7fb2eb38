use squall::{FromMultipart, post};

#[derive(FromMultipart)]
#[multipart(limit = "5MiB")]
struct Upload {
    title: String,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

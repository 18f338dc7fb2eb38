use squall::{FromMultipart, post};

#[derive(FromMultipart)]
#[multipart(parts = "500")]
struct Upload {
    title: String,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

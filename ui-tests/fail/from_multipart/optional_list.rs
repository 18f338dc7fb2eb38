use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    tags: Option<Vec<String>>,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

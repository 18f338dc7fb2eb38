use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    title: String,
}

#[post("/upload")]
async fn upload(form: Upload, again: Upload) {
    drop((form, again));
}

fn main() {}

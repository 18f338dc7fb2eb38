use squall::{FromMultipart, get};

#[derive(FromMultipart)]
struct Upload {
    title: String,
}

#[get("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    #[part(name = "t")]
    #[part(limit = "1KiB")]
    title: String,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    #[part(default)]
    title: String,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

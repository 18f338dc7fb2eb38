use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    #[part("t")]
    title: String,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    title: String,
    #[part(name = "title")]
    name: String,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    #[part(limt = "5MiB")]
    title: String,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    title: &'static str,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
enum Upload {
    Photo,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

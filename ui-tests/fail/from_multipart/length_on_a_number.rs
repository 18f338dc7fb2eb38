use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload {
    #[part(length = 1..=10)]
    count: u8,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

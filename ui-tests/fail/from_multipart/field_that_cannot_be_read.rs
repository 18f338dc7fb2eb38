use squall::{FromMultipart, post};

struct Color;

#[derive(FromMultipart)]
struct Upload {
    color: Color,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

use squall::{FromMultipart, post};

#[derive(FromMultipart)]
union Upload {
    a: u8,
    b: i8,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

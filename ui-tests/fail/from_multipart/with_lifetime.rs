use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload<'a> {
    title: &'a str,
}

#[post("/upload")]
async fn upload(form: Upload<'static>) {
    drop(form);
}

fn main() {}

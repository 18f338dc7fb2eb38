use squall::{FromMultipart, post};

#[derive(FromMultipart)]
struct Upload<T> {
    title: T,
}

#[post("/upload")]
async fn upload(form: Upload<String>) {
    drop(form);
}

fn main() {}

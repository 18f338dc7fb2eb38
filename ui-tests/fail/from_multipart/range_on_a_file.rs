use squall::{FromMultipart, UploadedFile, post};

#[derive(FromMultipart)]
struct Upload {
    #[part(range = 1..=10)]
    photo: UploadedFile,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

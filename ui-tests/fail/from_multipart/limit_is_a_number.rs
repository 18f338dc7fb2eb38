use squall::{FromMultipart, UploadedFile, post};

#[derive(FromMultipart)]
struct Upload {
    #[part(limit = 5000)]
    photo: UploadedFile,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

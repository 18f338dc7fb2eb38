use squall::{FromMultipart, UploadedFile, post};

#[derive(FromMultipart)]
struct Upload {
    #[part(limit = "5MB")]
    photo: UploadedFile,
}

#[post("/upload")]
async fn upload(form: Upload) {
    drop(form);
}

fn main() {}

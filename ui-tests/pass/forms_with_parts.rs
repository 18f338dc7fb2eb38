use squall::{FromMultipart, Multipart, MultipartRejection, Param, UploadedFile, post};

#[derive(Param)]
enum Kind {
    Photo,
}

/// The derive above and below its helper attributes, raw names, conditions, aliases, visibility.
#[derive(Debug, FromMultipart)]
#[multipart(parts = 10, deny_unknown = false)]
pub struct Upload {
    r#type: String,
    #[part(name = "the file", limit = "5 MiB",)]
    pub file: UploadedFile,
    #[cfg(any())]
    gone: Gone,
    #[cfg(all())]
    #[part(length = 1..)]
    there: Vec<UploadedFile>,
    #[part(range = ..=MOST)]
    count: Option<u8>,
    alias: Alias,
}

type Alias = Option<f64>;

const MOST: u8 = 7;

#[squall::post("/a", body = "20MiB")]
async fn one(form: Upload) -> String {
    format!("{form:?} {} {:?} {:?} {:?}", form.r#type, form.there, form.count, form.alias)
}

#[derive(FromMultipart)]
struct Small {
    kind: Option<Kind>,
}

#[post("/b")]
async fn two(form: Option<Small>) -> &'static str {
    match form.and_then(|form| form.kind) {
        Some(Kind::Photo) => "photo",
        None => "nothing",
    }
}

#[post("/c")]
async fn three(form: Result<Small, MultipartRejection>) -> Result<&'static str, MultipartRejection> {
    form.map(|form| if form.kind.is_some() { "photo" } else { "nothing" })
}

#[post("/d")]
async fn four(mut form: Multipart) -> squall::Result<()> {
    while let Some(part) = form.next().await? {
        part.limit(10).text().await?;
    }
    Ok(())
}

fn main() {}

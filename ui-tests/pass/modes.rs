use squall::{Bytes, get, handler, post};

#[get("/plain")]
fn plain() -> &'static str {
    "inline"
}

#[get("/slow", blocking)]
fn slow(#[query] seconds: Option<u64>) -> String {
    format!("{seconds:?}")
}

#[post("/long", detached, body = "20 MiB")]
async fn long(body: Bytes) -> String {
    body.len().to_string()
}

#[get("/search", body = true)]
async fn search(text: String) -> String {
    text
}

#[handler("/jobs")]
struct Jobs;

#[handler]
impl Jobs {
    #[get(blocking)]
    fn list(&self) {}

    #[post(detached = true, blocking = false)]
    async fn add(self, _body: Bytes) {}

    #[put(detached)]
    fn start(&self) {}
}

fn main() {
    assert_eq!(plain(), "inline");
    assert_eq!(slow { seconds: Some(2) }.url(), "/slow?seconds=2");
}

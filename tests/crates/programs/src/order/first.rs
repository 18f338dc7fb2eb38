//! Handlers whose paths run backwards, by the alphabet, from those of `second`.

use squall::{get, post};

#[get("/z")]
async fn z() {}

#[post("/b")]
async fn b() {}

#[get("/a/{x}")]
async fn a(x: u8) -> String {
    x.to_string()
}

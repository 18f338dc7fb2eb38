//! Handlers between those of `first`.

use squall::{delete, get};

#[get("/b")]
async fn b() {}

#[delete("/b")]
async fn no_b() {}

#[get("/a/a")]
async fn a() {}

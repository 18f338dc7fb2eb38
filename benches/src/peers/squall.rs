//! squall, as its documentation writes it.

#![allow(clippy::unused_async, reason = "handlers that have nothing to wait for are still written as most are")]
#![allow(clippy::struct_field_names, reason = "the inputs of `post` are named by the path that all peers share")]

mod resources;

use std::net::TcpListener;

use squall::{Application, Json, get};

use super::{Stop, on_one_thread};
use crate::Result;
use crate::endpoints::{Greeting, Post};

/// Serves until `stop`.
pub(super) fn serve(listener: TcpListener, stop: Stop) -> Result<()> {
    on_one_thread(listener, async |listener| {
        Application::from(squall::routes!()).serve(listener, stop.requested()).await?;
        Ok(())
    })
}

#[get("/plaintext")]
async fn plaintext() -> &'static str {
    "Hello, World!"
}

#[get("/json")]
async fn json() -> Json<Greeting> {
    Json(Greeting { message: "Hello, World!" })
}

#[get("/users/{id}/posts/{post_id}")]
async fn post(id: u64, post_id: u64, #[query] verbose: bool) -> Json<Post> {
    Json(Post { id, post_id, verbose })
}

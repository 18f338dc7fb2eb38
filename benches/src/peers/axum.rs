//! axum, as its documentation writes it.

use std::net::TcpListener;

use axum::extract::{Path, Query};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use axum::{Json, Router};
use serde::Deserialize;

use super::{Stop, on_one_thread};
use crate::Result;
use crate::endpoints::{Greeting, Post, RESOURCES};

#[derive(Deserialize)]
struct PostQuery {
    verbose: bool,
}

/// Serves until `stop`.
pub(super) fn serve(listener: TcpListener, stop: Stop) -> Result<()> {
    on_one_thread(listener, async |listener| {
        // Left to itself axum does not set it; the others do.
        let listener = listener.tap_io(|stream| {
            stream.set_nodelay(true).ok();
        });
        axum::serve(listener, routes()).with_graceful_shutdown(stop.requested()).await?;
        Ok(())
    })
}

fn routes() -> Router {
    let mut routes = Router::new()
        .route("/plaintext", get(plaintext))
        .route("/json", get(json))
        .route("/users/{id}/posts/{post_id}", get(post));
    for n in 0..RESOURCES {
        routes =
            routes.route(&format!("/api/v1/res{n}"), get(list)).route(&format!("/api/v1/res{n}/{{id}}/sub"), get(sub));
    }
    routes
}

async fn plaintext() -> &'static str {
    "Hello, World!"
}

async fn json() -> Json<Greeting> {
    Json(Greeting { message: "Hello, World!" })
}

async fn post(Path((id, post_id)): Path<(u64, u64)>, Query(query): Query<PostQuery>) -> Json<Post> {
    Json(Post { id, post_id, verbose: query.verbose })
}

async fn list() -> &'static str {
    "list"
}

async fn sub(Path(_id): Path<u64>) -> &'static str {
    "sub"
}

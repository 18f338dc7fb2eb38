//! Layers and services of tower: `cargo run --example tower_layers`, then `curl -i --compressed localhost:8888`.

use squall::http::{HeaderName, HeaderValue, Method};
use squall::{Application, StatusCode, get};
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

#[get("/")]
async fn index() -> String {
    "All work and no play makes Jack a dull boy.\n".repeat(100)
}

#[get("/slow")]
async fn slow(#[query(default = 60)] seconds: u64) -> &'static str {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    "at last"
}

#[squall::main]
async fn app() -> Application {
    let cors =
        CorsLayer::new().allow_origin([HeaderValue::from_static("https://app.example")]).allow_methods([Method::GET]);
    let nosniff = SetResponseHeaderLayer::if_not_present(
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    );
    Application::new()
        // What comes first stands outermost: it sees a request first and the answer last.
        .layer(cors)
        .layer(nosniff)
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(1)))
        // Any tower service under a prefix; handlers below it come first.
        .mount_service("/files", ServeDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/assets")))
}

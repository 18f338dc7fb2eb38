//! The layers of tower-http, around handlers.

use std::time::Duration;

use squall::http::{HeaderName, HeaderValue, Method};
use squall::middleware::conditional;
use squall::testing::TestClient;
use squall::{Application, StatusCode, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::csrf::CsrfLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::{Mark, passed};

#[get("/long", register = false)]
async fn long() -> String {
    "a".repeat(10_000)
}

#[get("/never", register = false)]
async fn never() -> &'static str {
    std::future::pending().await
}

#[post("/take", register = false)]
async fn take(text: String) -> String {
    text.len().to_string()
}

fn app() -> Application {
    super::app().handler::<long>().handler::<never>().handler::<take>()
}

#[tokio::test]
async fn cors() {
    let cors = CorsLayer::new().allow_origin(Any).allow_methods([Method::GET]);
    let client = TestClient::new(app().layer(cors));
    let answer = client.get("/").header("origin", "https://a.example").await.expect("an answer");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    // The question that a browser asks first is answered by the layer.
    let ask = client.options("/").header("origin", "https://a.example").header("access-control-request-method", "GET");
    let answer = ask.await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.header("access-control-allow-methods")), (200, "GET"));
}

#[tokio::test]
async fn compression() {
    let client = TestClient::new(app().layer(CompressionLayer::new()));
    let answer = client.get(long {}).header("accept-encoding", "gzip").await.expect("an answer");
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.bytes().len() < 1000);
    assert!(answer.header("vary").contains("accept-encoding"));
    // A coding that the client refuses is not used (behaviour 83), nor is any for HEAD's length or a small body.
    let answer = client.get(long {}).header("accept-encoding", "gzip;q=0").await.expect("an answer");
    assert_eq!((answer.header("content-encoding"), answer.bytes().len()), ("", 10_000));
    let answer = client.get("/").header("accept-encoding", "gzip").await.expect("an answer");
    assert_eq!((answer.header("content-encoding"), answer.text().expect("text")), ("", "index"));
}

/// Two contents never have one strong tag, and a client that has either is told so (behaviour 83).
#[tokio::test]
async fn a_tag_that_a_layer_encodes_is_weak() {
    let app = app().layer(CompressionLayer::new()).middleware(conditional);
    let client = TestClient::new(app);
    let plain = client.get(long {}).await.expect("an answer").header("etag").to_owned();
    let encoded = client.get(long {}).header("accept-encoding", "gzip").await.expect("an answer");
    assert_eq!(encoded.header("content-encoding"), "gzip");
    assert_eq!((plain.starts_with('"'), encoded.header("etag")), (true, format!("W/{plain}").as_str()));
    for tag in [&plain, encoded.header("etag")] {
        let again = client.get(long {}).header("accept-encoding", "gzip").header("if-none-match", tag);
        assert_eq!(again.await.expect("an answer").status(), 304, "{tag}");
    }
}

#[tokio::test]
async fn a_layer_may_change_the_type_of_the_request_body() {
    let client = TestClient::new(app().layer(RequestDecompressionLayer::new()));
    assert_eq!(client.post(take {}).body("four").await.expect("an answer").text().expect("text"), "4");
}

#[tokio::test]
async fn request_ids() {
    let name = HeaderName::from_static("x-request-id");
    let app =
        app().layer(SetRequestIdLayer::new(name.clone(), MakeRequestUuid)).layer(PropagateRequestIdLayer::new(name));
    let client = TestClient::new(app);
    assert_eq!(client.get("/").await.expect("an answer").header("x-request-id").len(), 36);
    let own = client.get("/").header("x-request-id", "mine").await.expect("an answer");
    assert_eq!(own.header("x-request-id"), "mine");
}

#[tokio::test]
async fn headers_are_set_in_the_order_of_the_layers() {
    let set =
        |value| SetResponseHeaderLayer::appending(HeaderName::from_static("x-passed"), HeaderValue::from_static(value));
    let client = TestClient::new(app().layer(set("first")).middleware(Mark("second")).layer(set("third")));
    let answer = client.get("/").await.expect("an answer");
    assert_eq!(passed(&answer), ["third", "second", "first"]);
}

#[tokio::test]
async fn timeouts() {
    let timeout = TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_millis(20));
    let client = TestClient::new(app().layer(timeout));
    assert_eq!(client.get(never {}).await.expect("an answer").status(), 504);
    assert_eq!(client.get("/").await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn csrf() {
    let client = TestClient::new(app().layer(CsrfLayer::new()));
    let foreign = client.post(take {}).header("sec-fetch-site", "cross-site").body("x");
    assert_eq!(foreign.await.expect("an answer").status(), 403);
    let own = client.post(take {}).header("sec-fetch-site", "same-origin").body("x");
    assert_eq!(own.await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn catching_panics_is_not_needed_and_does_no_harm() {
    let client = TestClient::new(app().layer(CatchPanicLayer::new()));
    assert_eq!(client.get("/panics").await.expect("an answer").status(), 500);
}

//! The client over TCP and answers with a content coding: inflated, counted, and refused when they are damaged.

use async_compression::Level;
use async_compression::tokio::write::{BrotliEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use squall::client::{Answer, Call};
use squall::{Application, Client, HeaderMap, Response, State, get};
use squall_tests::{Server, within};
use tokio::io::AsyncWriteExt as _;

const CODINGS: [&str; 4] = ["gzip", "deflate", "br", "zstd"];
const MEBIBYTE: usize = 1024 * 1024;

/// What the server sends, and how it says that it is encoded.
struct Encoded(Vec<u8>, &'static str);

#[get("/encoded")]
async fn encoded(answer: State<Encoded>) -> Response {
    let mut response = Response::new(answer.0.clone().into());
    response.headers_mut().insert("content-encoding", answer.1.parse().expect("a value"));
    response
}

#[get("/asked")]
async fn asked(#[header] accept_encoding: String) -> String {
    accept_encoding
}

async fn encode(coding: &str, plain: &[u8]) -> Vec<u8> {
    macro_rules! with {
        ($encoder:ident) => {{
            let mut encoder = $encoder::with_quality(Vec::new(), Level::Fastest);
            encoder.write_all(plain).await.expect("memory");
            encoder.shutdown().await.expect("memory");
            encoder.into_inner()
        }};
    }
    match coding {
        "gzip" => with!(GzipEncoder),
        "deflate" => with!(ZlibEncoder),
        "br" => with!(BrotliEncoder),
        _ => with!(ZstdEncoder),
    }
}

async fn serve(bytes: Vec<u8>, coding: &'static str) -> (Server, Client) {
    let server = Server::start(Application::new().state(Encoded(bytes, coding))).await;
    let client = Client::new(&format!("http://{}", server.address())).expect("an address");
    (server, client)
}

async fn sent<O>(call: Call<'_, O>) -> squall::Result<Answer<O>> {
    within("an answer or its error", call.into_future()).await
}

fn has_coding(headers: &HeaderMap) -> bool {
    headers.contains_key("content-encoding") || headers.contains_key("content-length")
}

#[tokio::test]
async fn a_part_is_asked_for_as_it_is() {
    let (_server, client) = serve(Vec::new(), "identity").await;
    let answer = sent(client.get("/asked").header("range", "bytes=0-1")).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "identity");
}

#[tokio::test]
async fn answers_are_inflated() {
    for coding in CODINGS {
        let (_server, client) = serve(encode(coding, b"hello").await, coding).await;
        let answer = sent(client.get(encoded {})).await.expect("an answer");
        assert_eq!(answer.text().expect("text"), "hello", "{coding}");
        assert!(!has_coding(answer.headers()), "{coding}");
        let response = client.get(encoded {}).stream().await.expect("a head");
        assert!(!has_coding(response.headers()), "{coding}");
        assert_eq!(response.into_body().collect(5).await.expect("a body"), "hello", "{coding}");
        let raw = sent(client.get(encoded {}).header("accept-encoding", coding)).await.expect("an answer");
        assert!(has_coding(raw.headers()) && raw.bytes() != "hello", "{coding}: as it comes");
        let asked = sent(client.get(asked { accept_encoding: coding.into() })).await.expect("an answer");
        assert_eq!(asked.text().expect("text"), coding);
        let asked = sent(client.get("/asked")).await.expect("an answer");
        assert_eq!(asked.text().expect("text"), "gzip, deflate, br, zstd");
    }
}

#[tokio::test]
async fn the_limit_counts_what_is_inflated() {
    for coding in CODINGS {
        let bomb = encode(coding, &vec![0; 16 * MEBIBYTE]).await;
        assert!(bomb.len() < MEBIBYTE / 4, "{coding}: a bomb is small");
        let (_server, client) = serve(bomb, coding).await;
        let error = sent(client.get(encoded {})).await.expect_err("16 MiB are more than 10");
        assert!(error.is_too_large() && error.is_answer(), "{coding}: {error}");
        let exact = sent(client.clone().body_limit(16 * MEBIBYTE).get(encoded {})).await.expect("all of it");
        assert_eq!(exact.bytes().len(), 16 * MEBIBYTE);
        let error = sent(client.body_limit(16 * MEBIBYTE - 1).get(encoded {})).await.expect_err("one more");
        assert!(error.is_too_large(), "{coding}: {error}");
    }
}

#[tokio::test]
async fn what_is_damaged_is_never_taken_for_whole() {
    let plain: Vec<u8> = (0..2_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    for coding in CODINGS {
        let whole = encode(coding, &plain).await;
        for end in [1, 10, whole.len() / 2, whole.len() - 5, whole.len() - 1] {
            let (_server, client) = serve(whole[..end].to_vec(), coding).await;
            let error = sent(client.get(encoded {})).await.expect_err("broken off");
            assert!(error.is_body() && error.is_answer() && error.status() == 502, "{coding} {end}: {error}");
        }
        let (_server, client) = serve([whole, b"more".to_vec()].concat(), coding).await;
        assert!(sent(client.get(encoded {})).await.expect_err("more follows").is_answer(), "{coding}");
    }
    for coding in ["compress", "gzip, gzip", "gzip;q=1"] {
        let (_server, client) = serve(b"x".to_vec(), coding).await;
        let error = sent(client.get(encoded {})).await.expect_err("nobody knows it");
        assert!(error.is_answer() && error.to_string().contains(coding), "{error}");
    }
}

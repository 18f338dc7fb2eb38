//! Parsers are linear in their input: ten times as much takes ten times the steps, counted and never timed.
//!
//! What is counted is what can be seen from outside: how often a body is asked, and how many fields are visited. That every
//! byte of a header field is looked at once is shown beside the parsers themselves.

use std::cell::Cell;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use squall::testing::TestClient;
use squall::{Application, Body, Cookies, Form, Multipart, MultipartRejection, Query, get, http, post};

thread_local! {
    static VISITED: Cell<usize> = const { Cell::new(0) };
}

/// Counts the fields that it is shown.
struct Counted;

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Counting;
        impl<'de> Visitor<'de> for Counting {
            type Value = Counted;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Counted, A::Error> {
                while map.next_entry::<String, Values>()?.is_some() {
                    VISITED.set(VISITED.get() + 1);
                }
                Ok(Counted)
            }
        }
        deserializer.deserialize_map(Counting)
    }
}

/// Every value of a field, each counted.
struct Values;

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::<String>::deserialize(deserializer)?;
        VISITED.set(VISITED.get() + values.len());
        Ok(Self)
    }
}

#[post("/form", body = "8MiB")]
async fn form(_form: Form<Counted>) -> String {
    VISITED.take().to_string()
}

#[get("/query")]
async fn query(_query: Query<Counted>) -> String {
    VISITED.take().to_string()
}

#[get("/cookies")]
async fn cookies(cookies: Cookies) -> String {
    cookies.iter().count().to_string()
}

#[post("/parts", body = "8MiB")]
async fn parts(form: Multipart) -> Result<String, MultipartRejection> {
    let mut form = form.max_parts(100_000);
    let mut pieces = 0;
    while let Some(mut part) = form.next().await? {
        while part.chunk().await?.is_some() {
            pieces += 1;
        }
    }
    Ok(pieces.to_string())
}

/// A body that counts how often it is asked.
struct Pieces {
    bytes: Vec<u8>,
    at: usize,
    size: usize,
    asked: Arc<AtomicUsize>,
}

impl futures_core::Stream for Pieces {
    type Item = Vec<u8>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Vec<u8>>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let end = (self.at + self.size).min(self.bytes.len());
        let piece = self.bytes[self.at..end].to_vec();
        self.at = end;
        Poll::Ready((!piece.is_empty()).then_some(piece))
    }
}

/// How often the body was asked, and the number that came back where the form was whole.
async fn sent(client: &TestClient, bytes: Vec<u8>, size: usize) -> (usize, Option<usize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let body = Body::from_stream(Pieces { bytes, at: 0, size, asked: Arc::clone(&asked) });
    let request = http::Request::post("/parts").header("content-type", "multipart/form-data; boundary=b");
    let response = client.send(request.body(body).expect("a request").into()).await;
    let is_whole = response.status() == 200;
    let text = response.into_body().collect(1 << 20).await.expect("an answer");
    let number = is_whole.then(|| String::from_utf8(text.into()).expect("text").parse().expect("a number"));
    (asked.load(Ordering::Relaxed), number)
}

async fn visited(client: &TestClient, path: &str, body: Option<String>) -> usize {
    let call = match body {
        None => client.get(path),
        Some(body) => {
            client.post(path).header("content-type", "application/x-www-form-urlencoded").body(Body::from(body))
        }
    };
    let answer = call.await.expect("an answer");
    assert_eq!(answer.status(), 200, "{}", answer.text().expect("text"));
    answer.text().expect("text").parse().expect("a number")
}

#[tokio::test]
async fn forms_with_parts() {
    let client = TestClient::new(Application::new());
    let head = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n";
    for filling in ["x", "\r", "\r\n", "\r\n--", "\r\n--a", "--b", "\r\n--\r\n--"] {
        for size in [1, 7, 4096, 1 << 20] {
            let mut steps = Vec::new();
            for length in [3_000, 30_000] {
                let body = format!("{head}{}\r\n--b--\r\n", filling.repeat(length / filling.len()));
                let most = body.len() / size + 4;
                let (asked, pieces) = sent(&client, body.into_bytes(), size).await;
                assert!(asked <= most, "{filling:?} in pieces of {size}: asked {asked} times, and {most} are enough");
                steps.push(asked + pieces.expect("a whole form"));
            }
            assert!(steps[1] <= 11 * steps[0], "{filling:?} in pieces of {size}: {steps:?}");
        }
    }
    let many = |count: usize| (format!("{head}1\r\n").repeat(count) + "--b--").into_bytes();
    let (few, more) = (sent(&client, many(100), 1000).await, sent(&client, many(1000), 1000).await);
    assert_eq!((few.1, more.1), (Some(100), Some(1000)));
    assert!(more.0 <= 10 * few.0, "{few:?} {more:?}");
    // What is no form is given up at the limit of a head, however much there is of it.
    let (asked, whole) = sent(&client, vec![b'x'; 4 << 20], 1000).await;
    assert!(whole.is_none() && asked <= 30, "asked {asked} times");
}

#[tokio::test]
async fn forms_and_queries() {
    let client = TestClient::new(Application::new());
    for one in ["a=1&", "&a=b&", "%61=%62&", "a+b=c+d&"] {
        let (few, more) = (one.repeat(1000), one.repeat(10_000));
        // One name, each of its values.
        assert_eq!(visited(&client, "/form", Some(few.clone())).await, 1001, "{one}");
        assert_eq!(visited(&client, "/form", Some(more)).await, 10_001, "{one}");
        assert_eq!(visited(&client, &format!("/query?{few}"), None).await, 1001, "{one}");
    }
    let names = |count: usize| (0..count).map(|at| format!("n{at}=1&")).collect::<String>();
    assert_eq!(visited(&client, "/form", Some(names(1000))).await, 2000);
    assert_eq!(visited(&client, "/form", Some(names(10_000))).await, 20_000);
}

#[tokio::test]
async fn all_cookies() {
    let client = TestClient::new(Application::new());
    for count in [1000, 10_000] {
        let call = client.get("/cookies").header("cookie", "a=\"\\\\\\073\"; ".repeat(count).trim_end());
        assert_eq!(call.await.expect("an answer").text().expect("text"), count.to_string());
    }
}

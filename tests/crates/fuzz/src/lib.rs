//! What the fuzz targets do with their bytes: requests in memory, held against naive models.
//!
//! Each is a plain function, so that `tests/tests/fuzz_bodies.rs` runs them on the stable compiler, too. What squall
//! reads and how is asked through its public face alone.

mod body;
mod conditions;
mod fields;
mod form;
mod link;
mod model;
mod multipart;
mod path;
mod pattern;
mod prefix;
mod query;
mod redirect;

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use squall::http::{self, HeaderValue};
use squall::testing::TestClient;
use squall::{Application, Body, Bytes, Request, StatusCode, Uri};

/// A target: bytes in, and a panic where squall does not do what it says.
pub type Target = fn(&[u8]);

/// Every target with its name: that of its file in `fuzz/fuzz_targets`, too.
pub const TARGETS: &[(&str, Target)] = &[
    ("accept", fields::accept),
    ("boundary", multipart::boundary),
    ("conditions", conditions::conditions),
    ("content_type", body::content_type),
    ("cookie", fields::cookie),
    ("cookies", form::cookies),
    ("etag", conditions::etag),
    ("form", form::form),
    ("header", fields::header),
    ("json", body::json),
    ("link", link::link),
    ("multipart", multipart::multipart),
    ("path", path::path),
    ("pattern", pattern::pattern),
    ("prefix", prefix::prefix),
    ("query", query::query),
    ("range", conditions::range),
    ("redirect", redirect::redirect),
];

/// Runs the target of this name.
///
/// # Panics
/// When there is none, or it finds a fault.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of this name");
    target(bytes);
}

/// The application that all targets ask.
fn client() -> &'static TestClient {
    static CLIENT: OnceLock<TestClient> = OnceLock::new();
    CLIENT.get_or_init(|| {
        TestClient::new(
            Application::empty()
                .handler::<body::echo>()
                .handler::<conditions::letters>()
                .handler::<conditions::file>()
                .handler::<fields::Cookies>()
                .handler::<fields::Fields>()
                .handler::<form::posted>()
                .handler::<form::whole>()
                .handler::<form::jar>()
                .handler::<link::Everything>()
                .handler::<multipart::parts>()
                .handler::<path::Segment>()
                .handler::<path::Tail>()
                .handler::<query::Search>()
                .handler::<redirect::Go>()
                .handler::<redirect::Back>(),
        )
    })
}

/// Waits for something that needs no reactor.
fn wait<F: Future>(future: F) -> F::Output {
    thread_local! {
        static RUNTIME: RefCell<tokio::runtime::Runtime> =
            RefCell::new(tokio::runtime::Builder::new_current_thread().build().expect("a runtime"));
    }
    RUNTIME.with_borrow(|runtime| runtime.block_on(future))
}

/// What came back.
struct Reply {
    status: StatusCode,
    headers: squall::HeaderMap,
    body: Bytes,
}

impl Reply {
    fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).expect("the handler answers with JSON of this type")
    }
}

/// Sends one request as it is; `None` where HTTP cannot carry it.
fn ask(method: &str, target: impl AsRef<[u8]>, fields: &[(&str, &[u8])], body: &[u8]) -> Option<Reply> {
    let uri = Uri::try_from(target.as_ref()).ok()?;
    let mut request = http::Request::builder().method(method).uri(uri);
    for (name, value) in fields {
        request = request.header(*name, HeaderValue::from_bytes(value).ok()?);
    }
    let request = request.body(Body::from(body.to_vec())).ok()?;
    Some(answered(request))
}

/// Sends a body that arrives in pieces.
fn ask_in_pieces<'a>(target: &str, content_type: &[u8], pieces: impl Iterator<Item = &'a [u8]>) -> Reply {
    struct Pieces(std::vec::IntoIter<Vec<u8>>);
    impl squall::futures_core::Stream for Pieces {
        type Item = Vec<u8>;
        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Vec<u8>>> {
            Poll::Ready(self.0.next())
        }
    }
    let pieces: Vec<_> = pieces.map(<[u8]>::to_vec).collect();
    let body = Body::from_stream(Pieces(pieces.into_iter()));
    let request = http::Request::post(target).header("content-type", content_type);
    answered(request.body(body).expect("a request"))
}

fn answered(request: http::Request<Body>) -> Reply {
    wait(async {
        let (head, body) = client().send(Request::from(request)).await.into_parts();
        let body = body.collect(usize::MAX).await.expect("an answer in memory is whole");
        Reply { status: head.status, headers: head.headers, body }
    })
}

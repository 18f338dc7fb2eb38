//! How forms are read, without a server: any bytes, cut anywhere.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;
use proptest::prelude::*;

use super::*;
use crate::body::Body;
use crate::response::IntoResponse as _;

/// How often a body was asked for more.
type Polls = std::sync::Arc<std::sync::atomic::AtomicUsize>;

/// A body in pieces. It may wait before each, as a socket does.
struct Pieces {
    left: VecDeque<Bytes>,
    /// Whether the next is waited for; `None` where none ever is.
    waits: Option<bool>,
    polls: Polls,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.polls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.waits = self.waits.map(|waits| !waits);
        if self.waits == Some(true) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.left.pop_front().map(|piece| Ok(Frame::data(piece))))
    }
}

fn pieces(bytes: &[u8], size: usize) -> (Body, Polls) {
    waiting_pieces(bytes, size, Some(false))
}

fn waiting_pieces(bytes: &[u8], size: usize, waits: Option<bool>) -> (Body, Polls) {
    let polls = Polls::default();
    let left = bytes.chunks(size.max(1)).map(Bytes::copy_from_slice).collect();
    (Body::new(Pieces { left, waits, polls: Polls::clone(&polls) }), polls)
}

/// Name, name of the file, content.
type Read = Vec<(String, Option<String>, Vec<u8>)>;

async fn read(content_type: &str, body: Body) -> Result<Read, MultipartRejection> {
    let request = http::Request::builder().header(CONTENT_TYPE, content_type).body(body).expect("a request");
    let mut form = Multipart::from_request(&mut request.into()).await?;
    let mut all = Vec::new();
    while let Some(part) = form.next().await? {
        let (name, file_name) = (part.name().to_owned(), part.raw_file_name().map(str::to_owned));
        all.push((name, file_name, part.bytes().await?.to_vec()));
    }
    assert!(form.next().await?.is_none(), "the end stays the end");
    Ok(all)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

/// What two writers make of the same parts: ours, and one that only knows RFC 2046.
fn written(parts: &[(String, Option<String>, Vec<u8>)], boundary: &str) -> Vec<(String, Vec<u8>)> {
    let mut form = MultipartForm::new();
    let mut naive = Vec::new();
    for (name, file_name, bytes) in parts {
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let mut disposition = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        form = match file_name {
            None => form.bytes(name, bytes.clone()),
            Some(file_name) => {
                disposition += &format!("; filename=\"{}\"", quoted(file_name));
                form.file(name, file_name, "text/plain", bytes.clone())
            }
        };
        naive.extend_from_slice(format!("--{boundary}\r\n{disposition}\r\n\r\n").as_bytes());
        naive.extend_from_slice(bytes);
        naive.extend_from_slice(b"\r\n");
    }
    naive.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    let response = form.into_response();
    let content_type = response.headers()[CONTENT_TYPE].to_str().expect("ASCII").to_owned();
    let ours = block_on(response.into_body().collect(usize::MAX)).expect("bytes").to_vec();
    vec![(content_type, ours), (format!("multipart/form-data; boundary={boundary}"), naive)]
}

/// A name as it may stand on one line. `%` is left out: browsers, and we with them, do not escape it.
fn a_name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,8}", "[ -$&-~é☃]{0,20}", Just("a\"; filename=\"b".to_owned()), Just("\\".to_owned())]
}

fn content() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        Just(b"\r\n--XYZ".to_vec()),
        Just(b"\r\n--".to_vec()),
        Just(b"\r\n--XY".to_vec()),
        Just(b"--XYZW--\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\r\n\r\n".to_vec()),
        Just(b"Content-Disposition: form-data; name=\"x\"\r\n".to_vec()),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_written_arrives(
        parts in proptest::collection::vec((a_name(), proptest::option::of(a_name()), content()), 0..6),
        size in 1_usize..200,
    ) {
        for (content_type, bytes) in written(&parts, "XYZW0") {
            let (body, _) = pieces(&bytes, size);
            let arrived = block_on(read(&content_type, body)).expect("a whole form");
            if parts.is_empty() {
                prop_assert!(arrived.is_empty());
            }
            prop_assert_eq!(&arrived, &parts, "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn what_ends_early_is_refused(
        parts in proptest::collection::vec((a_name(), proptest::option::of(a_name()), content()), 1..3),
        size in 1_usize..50,
        missing in 3_usize..30,
    ) {
        for (content_type, bytes) in written(&parts, "XYZW0") {
            // The line after the last boundary is of no account.
            let (body, _) = pieces(&bytes[..bytes.len() - missing], size);
            let refused = block_on(read(&content_type, body)).expect_err("it does not end");
            prop_assert_eq!(refused.status(), 400);
        }
    }

    #[test]
    fn no_bytes_make_it_fall_over(
        begin in prop_oneof![Just("--b\r\n"), Just("--b\r\nContent-Disposition: form-data; name="), Just("")],
        middle in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'\r'), Just(b'\n'), Just(b'-'), Just(b'b'), Just(b';'), Just(b'"')], 0..200),
        end in prop_oneof![Just("\r\n--b--"), Just("\r\n\r\n\r\n--b--"), Just("")],
        size in 1_usize..50,
    ) {
        let bytes = [begin.as_bytes(), &middle, end.as_bytes()].concat();
        let (body, _) = pieces(&bytes, size);
        if let Err(rejection) = block_on(read("multipart/form-data; boundary=b", body)) {
            prop_assert!(matches!(rejection.status().as_u16(), 400 | 413), "{}", rejection);
        }
    }

    #[test]
    fn no_content_type_makes_it_fall_over(rest in "[ -~]{0,40}") {
        let _ = block_on(read(&format!("multipart/form-data{rest}"), Body::from("--b--")));
    }
}

#[test]
fn the_steps_grow_with_the_form_and_not_faster() {
    let steps = |length: usize| {
        let content = "\r\n--XY".repeat(length);
        let bytes = format!("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n{content}\r\n--b--");
        let (body, polls) = pieces(bytes.as_bytes(), 7);
        let read = block_on(read("multipart/form-data; boundary=b", body)).expect("a form");
        assert_eq!(read[0].2.len(), content.len());
        polls.load(std::sync::atomic::Ordering::Relaxed)
    };
    let (one, ten) = (steps(2_000), steps(20_000));
    assert!(ten <= 10 * one, "{one} steps for one length, {ten} for ten times the length");
}

#[tokio::test]
async fn a_form_is_not_read_ahead_of_its_handler() {
    let part = format!("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n{}\r\n", "x".repeat(10_000));
    let bytes = part.repeat(100) + "--b--";
    let (body, polls) = waiting_pieces(bytes.as_bytes(), 1000, None);
    let request =
        http::Request::builder().header(CONTENT_TYPE, "multipart/form-data; boundary=b").body(body).expect("a request");
    let mut form = Multipart::from_request(&mut request.into()).await.expect("a form");
    form.next().await.expect("a part").expect("a part").chunk().await.expect("a piece");
    let polls = polls.load(std::sync::atomic::Ordering::Relaxed);
    assert!(polls < 20, "{polls} of {} pieces were asked for before the first was taken", bytes.len() / 1000);
}

#[tokio::test]
async fn a_head_has_a_limit_however_it_arrives() {
    for (length, want) in [(HEAD - 200, None), (HEAD + 1, Some(413)), (100_000, Some(413))] {
        for size in [100, 5000, 1_000_000] {
            let bytes = format!(
                "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b\r\n\
                 Content-Disposition: form-data; name=a\r\nX-Long: {}\r\n\r\n1\r\n--b--",
                "x".repeat(length)
            );
            let (body, _) = pieces(bytes.as_bytes(), size);
            let read = read("multipart/form-data; boundary=b", body).await;
            assert_eq!(read.err().map(|rejection| rejection.status().as_u16()), want, "{length} in {size}");
        }
    }
}

#[tokio::test]
async fn a_form_without_a_head_ends_at_the_limit() {
    // What comes before the first boundary is passed over, and counted.
    let endless = |begin: &str| format!("{begin}{}", "x".repeat(1_000_000));
    for begin in ["", "--b\r\n", "--b\r\nX-A", "--b      "] {
        let (body, polls) = pieces(endless(begin).as_bytes(), 1000);
        let rejection = read("multipart/form-data; boundary=b", body).await.expect_err("no form");
        assert!(matches!(rejection.status().as_u16(), 400 | 413));
        assert!(polls.load(std::sync::atomic::Ordering::Relaxed) < 60, "{begin:?} is not read to its end");
    }
}

#[test]
fn waiting_for_a_part_can_be_given_up_and_taken_up_again() {
    let parts = [("a".to_owned(), None, b"\r\n--XY".to_vec()), ("b".to_owned(), None, vec![0; 300])];
    for (content_type, bytes) in written(&parts, "XYZW0") {
        let (given_up, names) = block_on(impatiently(&content_type, pieces(&bytes, 3).0));
        assert_eq!(names, ["a", "b"]);
        assert!(given_up > 20);
    }
}

/// How often the next part was not there at once, and the names of all.
async fn impatiently(content_type: &str, body: Body) -> (usize, Vec<String>) {
    let request = http::Request::builder().header(CONTENT_TYPE, content_type).body(body).expect("a request");
    let mut form = Multipart::from_request(&mut request.into()).await.expect("a form");
    let (mut given_up, mut names) = (0, Vec::new());
    loop {
        match polled_once(form.next()).await.transpose().expect("a whole form") {
            None => given_up += 1,
            Some(Some(part)) => names.push(part.name().to_owned()),
            Some(None) => return (given_up, names),
        }
    }
}

/// What a future gives when it is polled once.
async fn polled_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

#[tokio::test]
async fn what_is_broken_stays_broken() {
    let request = http::Request::builder()
        .header(CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nends"))
        .expect("a request");
    let mut form = Multipart::from_request(&mut request.into()).await.expect("a form");
    let mut part = form.next().await.expect("a part").expect("a part");
    while let Ok(piece) = part.chunk().await {
        assert!(piece.is_some(), "the end of the body is not the end of the part");
    }
    assert!(form.next().await.is_err() && form.next().await.is_err());
}

/// A request with these header fields and a body of which nothing is known before.
fn request(fields: &[(&str, &str)], bytes: &[u8]) -> Request {
    let (body, _) = pieces(bytes, 10);
    let mut request = http::Request::builder();
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.body(body).expect("a request").into()
}

const FORM: &str = "multipart/form-data; boundary=b";

#[tokio::test]
async fn a_form_in_a_coding_that_nobody_knows_is_415() {
    let mut request = request(&[("content-type", FORM), ("content-encoding", "compress")], b"--b--");
    let response = Multipart::from_request(&mut request).await.expect_err("unreadable").into_response();
    assert_eq!(response.status(), 415);
    assert!(response.headers().contains_key(http::header::ACCEPT_ENCODING));
}

#[cfg(feature = "decompression")]
#[tokio::test]
async fn a_form_is_inflated_within_its_limit() {
    use tokio::io::AsyncReadExt as _;

    for (length, fits) in [(100_000, true), (3_000_000, false)] {
        let content = "x".repeat(length);
        let form = format!("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n{content}\r\n--b--");
        let mut coded = Vec::new();
        let mut coder = async_compression::tokio::bufread::GzipEncoder::new(form.as_bytes());
        coder.read_to_end(&mut coded).await.expect("memory");
        let mut request = request(&[("content-type", FORM), ("content-encoding", "gzip")], &coded);
        let mut form = Multipart::from_request(&mut request).await.expect("a form");
        match form.next().await.expect("a part").expect("a part").bytes().await {
            Ok(bytes) => assert!(fits && bytes == content),
            Err(rejection) => assert_eq!((fits, rejection.status().as_u16()), (false, 413)),
        }
    }
}

#[tokio::test]
async fn two_content_types_are_none() {
    let mut two = request(&[("content-type", FORM), ("content-type", "text/plain")], b"--b--");
    assert!(matches!(Multipart::from_request(&mut two).await, Err(MultipartRejection::ContentType)));
}

#[tokio::test]
async fn a_stream_of_nothing_is_no_form() {
    for (bytes, want) in [("", true), ("x", false)] {
        let refused = Multipart::from_request(&mut request(&[], bytes.as_bytes())).await.expect_err("no form");
        assert_eq!(Multipart::is_absent(&refused), want);
    }
}

#[test]
fn a_form_that_is_too_large_says_so_and_stays_known() {
    let response = MultipartRejection::Body(crate::error::Error::too_large(7)).into_response();
    let raised = response.extensions().get::<crate::response::Raised>().expect("a failure");
    assert_eq!(raised.problem().detail_text(), Some("the body is larger than 7 bytes"));
    assert!(raised.downcast_ref::<MultipartRejection>().is_some());
}

//! What a request leaves in the log.

use std::sync::{Arc, Mutex};

use squall::testing::{Answer, TestClient};
use squall::{Application, Untyped};
use tracing_subscriber::fmt::MakeWriter;

/// The log of one thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic while it is held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[squall::get("/log/broken-stream")]
async fn broken_stream() -> squall::Body {
    let (sender, body) = squall::Body::channel(1);
    sender.fail("line one\nline two").await;
    body
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_one_line() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    assert!(TestClient::new(Application::new()).get(broken_stream {}).await.is_err());
    let text = String::from_utf8(log.0.lock().expect("no panic while it is held").clone()).expect("text");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("line one\\nline two"), "{text}");
}

/// The answer to a GET, and what the log says about it at this level or a graver one.
async fn logged(target: &str, level: tracing::Level) -> (Answer<Untyped>, String) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).with_max_level(level).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let answer = TestClient::new(Application::new()).get(target).await.expect("sent");
    let bytes = log.0.lock().expect("no panic while it is held").clone();
    (answer, String::from_utf8(bytes).expect("text"))
}

#[tokio::test]
async fn a_cause_is_in_the_log_once_and_never_in_the_answer() {
    for (target, cause) in [
        ("/shop/upstream", "ShopError::Upstream: the store is broken: no route to 10.0.0.7"),
        ("/shop/many", "ShopError::Database: invalid digit found in string"),
        ("/shop/secret", "ShopError::Secret: Secret { password: \\\"hunter2\\\" }"),
        ("/mute", "\"Mute\""),
        ("/value/cause", "the store is broken: line one\\nline two\\u{1b}[31m"),
        ("/value/bad-header", "a header field of a problem cannot be sent: failed to parse header value"),
        ("/value/reserved", "a member of a problem cannot be named `status`"),
        ("/value/redirect", "a redirect leads nowhere: "),
        ("/any/broken", "the store is broken: disk"),
        ("/any/text", "only text"),
        ("/unprovided", "no state of type `u64` was given to the application"),
        ("/panic", "a handler panicked: secret of the panic"),
    ] {
        let (answer, log) = logged(target, tracing::Level::INFO).await;
        assert_eq!(log.lines().count(), 1, "{target}: {log}");
        assert!(log.contains(" ERROR ") && log.contains(cause), "{target}: {log}");
        let id = answer.header("x-request-id");
        assert!(log.contains(&format!("id={id}")) && log.contains("method=GET"), "{target}: {log}");
        for secret in ["store", "10.0.0.7", "hunter2", "digit", "line one", "disk", "secret", "set-cookie", "member"] {
            assert!(!answer.text().expect("text").contains(secret), "{target}");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_one_line_for_those_who_debug() {
    for target in ["/shop/item", "/nowhere", "/shop/input", "/value/login"] {
        let (_, log) = logged(target, tracing::Level::INFO).await;
        assert_eq!(log, "", "{target}");
        let (_, log) = logged(target, tracing::Level::DEBUG).await;
        assert_eq!(log.lines().count(), 1, "{target}: {log}");
    }
}

#[tokio::test]
async fn a_large_cause_does_not_fill_the_log() {
    let (_, log) = logged("/value/large-cause", tracing::Level::INFO).await;
    assert!(log.len() < 5000, "{}", log.len());
    assert!(log.contains("ä.."));
}

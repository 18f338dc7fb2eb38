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

/// The answer to a GET, and what the log says about it at this level or a graver one.
pub(crate) async fn logged(target: &str, level: tracing::Level) -> (Answer<Untyped>, String) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).with_max_level(level).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let answer = TestClient::new(Application::new()).get(target).await.expect("sent");
    let bytes = log.0.lock().expect("no panic while it is held").clone();
    (answer, String::from_utf8(bytes).expect("text"))
}

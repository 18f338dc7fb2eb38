//! Whoever means no good: hooks that panic or never end, bodies that break, clients that leave, answers without an end.

use std::sync::{Arc, Mutex};

#[path = "hostile/endless.rs"]
mod endless;
#[path = "hostile/hooks.rs"]
mod hooks;
#[path = "hostile/leaving.rs"]
mod leaving;
#[path = "hostile/rejections.rs"]
mod rejections;
#[path = "hostile/stopping.rs"]
mod stopping;

/// What squall writes into the log of one thread.
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

impl Log {
    fn begin() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(move || writer.clone())
            .with_ansi(false)
            .with_max_level(tracing::Level::DEBUG)
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    /// The lines since the last look.
    fn taken(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().expect("no panic while it is held"));
        let text = String::from_utf8(bytes).expect("text");
        text.lines().filter(|line| line.contains(" squall")).map(str::to_owned).collect()
    }
}

//! The tasks that outlive their requests, counted, so that a stop can wait for them.

use std::sync::Arc;

use tokio::sync::watch;

/// How many detached verbs of one application are running.
#[derive(Clone, Debug)]
pub struct Tasks(Arc<watch::Sender<usize>>);

/// One of them, until it is dropped.
#[derive(Debug)]
pub(crate) struct Running(Tasks);

impl Default for Tasks {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Tasks {
    /// Counts one more.
    pub(crate) fn begin(&self) -> Running {
        self.0.send_modify(|count| *count += 1);
        Running(self.clone())
    }

    /// Waits until none is running.
    pub(crate) async fn ended(&self) {
        // The sender is held here, so it is not gone.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

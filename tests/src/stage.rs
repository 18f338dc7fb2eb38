//! A handler that waits until the test lets it go on, and tells what happens to it.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::within;

/// What a handler shares with its test; given to the application as state.
#[derive(Clone, Debug)]
pub struct Stage {
    events: UnboundedSender<&'static str>,
    gate: Arc<Semaphore>,
}

/// The test's side: what handlers have told.
#[derive(Debug)]
pub struct Events(UnboundedReceiver<&'static str>);

/// Tells an event when it is dropped: what stands on the stack of a handler that is cut off.
#[derive(Debug)]
pub struct Leaving(UnboundedSender<&'static str>, &'static str);

impl Stage {
    /// A stage whose gate is closed, and what will be told on it.
    pub fn new() -> (Self, Events) {
        let (events, told) = unbounded_channel();
        (Self { events, gate: Arc::new(Semaphore::new(0)) }, Events(told))
    }

    /// Tells the test.
    pub fn tell(&self, event: &'static str) {
        // The test may be over.
        let _ = self.events.send(event);
    }

    /// Tells the test when what this returns is dropped.
    pub fn tell_on_drop(&self, event: &'static str) -> Leaving {
        Leaving(self.events.clone(), event)
    }

    /// Waits at the gate.
    ///
    /// # Panics
    /// Never: nobody closes the semaphore.
    pub async fn wait(&self) {
        self.gate.acquire().await.expect("nobody closes the gate").forget();
    }

    /// Lets so many handlers pass, those that come later included.
    pub fn open(&self, count: usize) {
        self.gate.add_permits(count);
    }
}

impl Events {
    /// The next event.
    ///
    /// # Panics
    /// When none comes.
    pub async fn next(&mut self) -> &'static str {
        within("an event of a handler", self.0.recv()).await.expect("the handlers are gone")
    }

    /// What has been told and not read yet.
    pub fn waiting(&mut self) -> Option<&'static str> {
        self.0.try_recv().ok()
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        let _ = self.0.send(self.1);
    }
}

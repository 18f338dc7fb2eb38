//! What the integration tests share: a server on a free port, a client that speaks raw bytes, and a stage for handlers.

mod stage;
mod wire;

use std::net::SocketAddr;
use std::time::Duration;

use squall::Application;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use stage::{Events, Leaving, Stage};
pub use wire::{Reply, Wire};

/// How long a test waits for what must come. Nothing is slow here: the limit only ends what would never end.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Waits for something that must happen; a test that waits in vain fails and says what for.
///
/// # Panics
/// When it has not happened after [`DEADLINE`].
pub async fn within<F: Future>(what: &str, future: F) -> F::Output {
    let Ok(output) = tokio::time::timeout(DEADLINE, future).await else { panic!("waited in vain for {what}") };
    output
}

/// An application that is served on a free port of 127.0.0.1 until this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<squall::Result<()>>,
}

impl Server {
    /// Begins to serve; connections are taken when this returns.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(application: Application) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let (stop, stopped) = oneshot::channel();
        let stopped = async move {
            if stopped.await.is_err() {
                // Dropped without a word: the task is aborted.
                std::future::pending::<()>().await;
            }
        };
        Self { address, stop: Some(stop), task: tokio::spawn(application.serve(listener, stopped)) }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A new connection.
    pub async fn connect(&self) -> Wire {
        Wire::connect(self.address).await
    }

    /// Sends the head of a request without a body, on a connection of its own, and reads the answer.
    pub async fn ask(&self, method: &str, target: &str) -> Reply {
        self.connect().await.ask(method, target, "").await
    }

    /// Asks it to stop in order; once.
    pub fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// Waits until nothing is served any more.
    ///
    /// # Panics
    /// When the server failed.
    pub async fn ended(mut self) {
        within("the server to end", &mut self.task).await.expect("the server panicked").expect("the server failed");
    }

    /// Drops the future that serves, as a program does that ends without a stop.
    pub async fn cut(mut self) {
        self.task.abort();
        let _ = within("the server to be dropped", &mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

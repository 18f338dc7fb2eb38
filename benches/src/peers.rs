//! The servers under comparison: what each of them is to this package, and the list.

mod axum;
mod hyper;
mod squall;

use std::net::TcpListener;

use tokio::sync::oneshot;

use crate::Result;

/// One server under comparison.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// What tables and options call it.
    pub name: &'static str,
    /// Serves [`crate::endpoints::ENDPOINTS`] on the listener until told to stop. Blocks: a peer brings its own runtime,
    /// and works with one thread.
    pub serve: fn(TcpListener, Stop) -> Result<()>,
}

/// Every peer. The first one is the baseline that the ratios refer to.
pub const PEERS: &[Peer] = &[
    Peer { name: "hyper", serve: hyper::serve },
    Peer { name: "squall", serve: squall::serve },
    Peer { name: "axum", serve: axum::serve },
];

/// The peer of this name.
pub fn by_name(name: &str) -> Result<Peer> {
    PEERS.iter().find(|peer| peer.name == name).copied().ok_or_else(|| {
        let known: Vec<_> = PEERS.iter().map(|peer| peer.name).collect();
        format!("there is no peer `{name}`; there are {}", known.join(", ")).into()
    })
}

/// Tells a peer to stop. Dropping it does so, too.
#[derive(Debug)]
pub struct Stopper {
    _sender: oneshot::Sender<()>,
}

/// The other end of a [`Stopper`].
#[derive(Debug)]
pub struct Stop(oneshot::Receiver<()>);

impl Stop {
    /// A stop and the handle that causes it.
    pub fn channel() -> (Stopper, Self) {
        let (sender, receiver) = oneshot::channel();
        (Stopper { _sender: sender }, Self(receiver))
    }

    /// Resolves when the [`Stopper`] is gone.
    ///
    /// # Cancel safety
    /// Takes the only handle: dropping the future means that nobody waits any more.
    pub async fn requested(self) {
        // The sender never sends, so this ends with an error once the sender is dropped.
        self.0.await.ok();
    }
}

/// Runs a peer that stands on tokio, on a runtime of one thread. The same for all of them, so that none wins by its
/// runtime.
fn on_one_thread<F>(listener: TcpListener, serve: impl FnOnce(tokio::net::TcpListener) -> F) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async { serve(tokio::net::TcpListener::from_std(listener)?).await })
}

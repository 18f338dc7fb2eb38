//! The built-in server: listens, serves HTTP/1.1 and HTTP/2, and stops in order.

mod address;
mod connection;
mod prefixed;
mod signals;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::error::{Error, Result};
use crate::handler::Dispatch;
use crate::request::Peer;

pub(crate) use address::Address;

/// How long connections may take to come to their end after the stop.
const DRAIN: Duration = Duration::from_secs(30);

/// How long accepting rests after an error that will not pass at once, such as no file descriptors.
const REST: Duration = Duration::from_millis(100);

/// Opens the port.
pub(crate) async fn bind(address: Address) -> Result<TcpListener> {
    TcpListener::bind(address.socket()).await.map_err(|error| {
        let hint = match error.kind() {
            io::ErrorKind::AddrInUse => "; another program listens there: stop it, or set PORT",
            io::ErrorKind::PermissionDenied => "; ports below 1024 need a privilege: set PORT",
            _ => "",
        };
        Error::listen(format!("cannot listen on {}{hint}", address.socket()), error)
    })
}

/// Serves until a signal asks to stop, then runs `end`; a second signal ends either at once.
///
/// # Errors
/// Before it serves, and then `end` does not run.
pub(crate) async fn run<D: Dispatch>(
    listener: TcpListener,
    app: Arc<D>,
    end: impl Future<Output = ()> + Send,
) -> Result<()> {
    let address = listener.local_addr().map_err(|error| Error::listen("the listener has no address", error))?;
    let mut signals = signals::Signals::new().map_err(|error| Error::listen("signals cannot be received", error))?;
    let (mut second, mut again) = (signals.clone(), signals.clone());
    tracing::info!("listening on http://{address}");
    let stop = async move {
        signals.next(1).await;
        tracing::info!("stopping: requests that have begun may end, a second signal ends at once");
    };
    serve(listener, app, stop, async move { second.next(2).await }).await;
    tokio::select! {
        biased;
        () = end => {}
        () = again.next(2) => tracing::warn!("the hooks of the stop are left behind"),
    }
    tracing::info!("stopped");
    Ok(())
}

/// Serves until `stop` is ready, then waits for what has begun: until it is done, [`DRAIN`] is over or `abort` is ready.
///
/// The tasks of the connections are owned here: when this future ends or is dropped, none is left.
pub(crate) async fn serve<D: Dispatch>(
    listener: TcpListener,
    app: Arc<D>,
    stop: impl Future<Output = ()> + Send,
    abort: impl Future<Output = ()> + Send,
) {
    let (stopping, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    {
        let mut stop = std::pin::pin!(stop);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => {
                        connections.spawn(connection::serve(stream, Peer(peer), Arc::clone(&app), stopped.clone()));
                        // Those that have ended are taken out here, too: under load the branch below has no turn.
                        while connections.try_join_next().is_some() {}
                    }
                    Err(error) => rest_after(&error).await,
                },
                // A connection that has ended is taken out, so that the set does not grow.
                Some(_) = connections.join_next() => {}
            }
        }
    }
    drop(listener);
    stopping.send_replace(true);
    app.stopping();
    let drained = async {
        while connections.join_next().await.is_some() {}
        app.settled().await;
    };
    tokio::select! {
        () = drained => return,
        () = tokio::time::sleep(DRAIN) => tracing::warn!("the time to stop is over: connections are cut off"),
        () = abort => tracing::warn!("connections are cut off"),
    }
    connections.shutdown().await;
}

async fn rest_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    // The peer left before it was accepted: the next one is not concerned.
    if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted) {
        return;
    }
    tracing::error!(%error, "a connection cannot be accepted");
    tokio::time::sleep(REST).await;
}

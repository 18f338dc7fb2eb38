//! SIGINT and SIGTERM (Ctrl-C elsewhere), counted: the first asks to stop, the second ends at once.

use tokio::sync::watch;

/// How many signals have come. The handlers are set when it is made, so no signal ends the process before.
#[derive(Clone)]
pub(super) struct Signals(watch::Receiver<usize>);

impl Signals {
    /// Begins to count, in a task that lives as long as someone listens.
    pub(super) fn new() -> std::io::Result<Self> {
        let (counter, count) = watch::channel(0);
        let mut source = Source::new()?;
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = source.next() => counter.send_modify(|count| *count += 1),
                    () = counter.closed() => return,
                }
            }
        });
        Ok(Self(count))
    }

    /// Waits until `count` signals have come.
    pub(super) async fn next(&mut self, count: usize) {
        if self.0.wait_for(|come| *come >= count).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(unix)]
struct Source {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Source {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Source;

#[cfg(not(unix))]
impl Source {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

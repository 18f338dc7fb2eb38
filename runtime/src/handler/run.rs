//! Verbs that do not run inline: on the blocking pool, or on when the client has gone.

use tokio::task::{JoinError, JoinHandle};

use crate::request::Tasks;

/// Runs a verb with `blocking` on the pool of threads that may wait.
///
/// # Cancel safety
/// A closure that waits for a thread is taken back; one that has begun runs to its end, and its result is dropped.
pub async fn blocking<T: Send + 'static>(verb: impl FnOnce() -> T + Send + 'static) -> T {
    let mut task = Abandoned(tokio::task::spawn_blocking(verb));
    joined(&mut task.0).await
}

/// A job that nobody waits for any more.
struct Abandoned<T>(JoinHandle<T>);

impl<T> Drop for Abandoned<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Runs a verb with `detached` as a task: when the client leaves, only the waiting for it ends. The application that it
/// belongs to waits for it when it stops.
///
/// # Cancel safety
/// The verb runs on.
pub async fn detached<T: Send + 'static>(tasks: Tasks, verb: impl Future<Output = T> + Send + 'static) -> T {
    let running = tasks.begin();
    let mut task = tokio::spawn(async move {
        let _running = running;
        verb.await
    });
    joined(&mut task).await
}

async fn joined<T>(task: &mut JoinHandle<T>) -> T {
    match task.await.map_err(JoinError::try_into_panic) {
        Ok(result) => result,
        // The panic of the task is the panic of the handler: a 500 for this request.
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // Only a runtime that shuts down cancels the task, and then nobody reads the answer.
        Err(Err(_)) => std::future::pending().await,
    }
}

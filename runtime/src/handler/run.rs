//! Verbs that do not run inline: on the blocking pool, or on when the client has gone.

use tokio::task::{JoinError, JoinHandle};

/// Runs a verb with `blocking` on the pool of threads that may wait.
///
/// # Cancel safety
/// A closure that has begun runs to its end; its result is then dropped.
pub async fn blocking<T: Send + 'static>(verb: impl FnOnce() -> T + Send + 'static) -> T {
    joined(tokio::task::spawn_blocking(verb)).await
}

/// Runs a verb with `detached` as a task: when the client leaves, only the waiting for it ends.
///
/// # Cancel safety
/// The verb runs on.
pub async fn detached<T: Send + 'static>(verb: impl Future<Output = T> + Send + 'static) -> T {
    joined(tokio::spawn(verb)).await
}

async fn joined<T>(task: JoinHandle<T>) -> T {
    match task.await.map_err(JoinError::try_into_panic) {
        Ok(result) => result,
        // The panic of the task is the panic of the handler: a 500 for this request.
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // Only a runtime that shuts down cancels the task, and then nobody reads the answer.
        Err(Err(_)) => std::future::pending().await,
    }
}

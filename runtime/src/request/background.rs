//! Work beside the requests, owned by the application: ended and waited for when it stops.

use std::sync::Arc;

use tokio::sync::watch;

use crate::request::Tasks;

/// Starts work that goes on beside the requests. As an argument of a handler or a hook it is that of the application.
///
/// When the application has answered its last request, each task is dropped where it waits, and the stop waits until all
/// are gone. What must not
/// be cut off belongs into a `detached` verb, or looks for [`Background::stopping`] itself by
/// [`Background::spawn_until_done`].
///
/// ```standalone_crate
/// use squall::{Application, Background, StatusCode, post, testing::TestClient};
///
/// #[post("/reports")]
/// async fn report(background: Background) -> StatusCode {
///     background.spawn(async {
///         // The long way to the report.
///     });
///     StatusCode::ACCEPTED
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// assert_eq!(client.post(report {}).await?.status(), 202);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Background {
    tasks: Tasks,
    phase: Arc<watch::Sender<Phase>>,
}

/// How far the application is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Running,
    /// Requests that have begun come to their end.
    Stopping,
    /// The last one is answered.
    Over,
}

impl Default for Background {
    fn default() -> Self {
        Self { tasks: Tasks::default(), phase: Arc::new(watch::Sender::new(Phase::Running)) }
    }
}

impl Background {
    /// Starts a task, which is dropped where it waits when the application has answered its last request. A panic in it ends only itself.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let background = self.clone();
        self.spawn_until_done(async move {
            tokio::select! {
                biased;
                () = background.reached(Phase::Over) => {}
                () = task => {}
            }
        });
    }

    /// Starts a task that the stop waits for, within its deadline: such a task ends by itself when
    /// [`Background::stopping`] is ready.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn spawn_until_done(&self, task: impl Future<Output = ()> + Send + 'static) {
        let running = self.tasks.begin();
        tokio::spawn(async move {
            let _running = running;
            task.await;
        });
    }

    /// Waits until the application stops: it takes no more connections, and requests that have begun come to their end. An
    /// answer without an end, such as a stream of events, ends itself then.
    ///
    /// # Cancel safety
    /// Nothing is lost.
    pub async fn stopping(&self) {
        self.reached(Phase::Stopping).await;
    }

    async fn reached(&self, phase: Phase) {
        // The sender is held here, so it is not gone.
        let _ = self.phase.subscribe().wait_for(|now| *now >= phase).await;
    }

    /// Tells that the stop has begun.
    pub(crate) fn begin_stop(&self) {
        self.phase.send_if_modified(|now| std::mem::replace(now, Phase::Stopping.max(*now)) < Phase::Stopping);
    }

    /// Drops what waits.
    pub(crate) fn stop(&self) {
        self.phase.send_replace(Phase::Over);
    }

    /// Waits until none is left.
    pub(crate) async fn ended(&self) {
        self.tasks.ended().await;
    }
}

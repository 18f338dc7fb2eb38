//! Work beside the requests, owned by the application: ended and waited for when it stops.

use std::sync::Arc;

use tokio::sync::watch;

use crate::request::Tasks;

/// Starts work that goes on beside the requests. As an argument of a handler or a hook it is that of the application.
///
/// When the application stops, each task is dropped where it waits, and the stop waits until all are gone. What must not
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
    stop: Arc<watch::Sender<bool>>,
}

impl Default for Background {
    fn default() -> Self {
        Self { tasks: Tasks::default(), stop: Arc::new(watch::Sender::new(false)) }
    }
}

impl Background {
    /// Starts a task, which is dropped where it waits when the application stops. A panic in it ends only itself.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let background = self.clone();
        self.spawn_until_done(async move {
            tokio::select! {
                biased;
                () = background.stopping() => {}
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

    /// Waits until the application stops.
    ///
    /// # Cancel safety
    /// Nothing is lost.
    pub async fn stopping(&self) {
        // The sender is held here, so it is not gone.
        let _ = self.stop.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// Asks all to end.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until none is left.
    pub(crate) async fn ended(&self) {
        self.tasks.ended().await;
    }
}

//! Hooks of the start and of the stop, and state that is made at the start.

use std::any::{TypeId, type_name};
use std::error::Error as StdError;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::application::lifecycle::{AppHandle, Making, hook};
use crate::application::{Application, Provided};
use crate::location::Location;
use crate::request::Slot;

impl Application {
    /// Runs when the application starts, before the first request; an error ends the start, and with it the program.
    ///
    /// Hooks run in order, after all state is made ([`Application::state_at_start`]), and have 60 seconds together
    /// ([`Application::start_deadline`]). `--routes`, `--check` and `--openapi` run none.
    ///
    /// ```standalone_crate
    /// use squall::{AppHandle, Application, State, get, testing::TestClient};
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// #[get("/")]
    /// async fn index(warmed: State<AtomicU32>) -> String { warmed.load(Ordering::Relaxed).to_string() }
    ///
    /// async fn warm_up(app: AppHandle) -> squall::Result<()> {
    ///     if let Some(warmed) = app.state::<AtomicU32>() {
    ///         warmed.store(1, Ordering::Relaxed);
    ///     }
    ///     Ok(())
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new().state(AtomicU32::new(0)).on_start(warm_up));
    /// assert_eq!(client.get(index {}).await?.text()?, "1");
    /// # Ok(()) }
    /// ```
    pub fn on_start<F, A, E>(mut self, start: F) -> Self
    where
        F: FnOnce(AppHandle) -> A + Send + Sync + 'static,
        A: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.hooks.starting.push(hook(start));
        self
    }

    /// Runs when the application has stopped: after the last request, its `#[finish]` and the background tasks. The hook that
    /// was given last runs first; an error is logged. All have 30 seconds together ([`Application::stop_deadline`]).
    pub fn on_stop<F, A, E>(mut self, stop: F) -> Self
    where
        F: FnOnce(AppHandle) -> A + Send + Sync + 'static,
        A: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.hooks.stopping.push(hook(stop));
        self
    }

    /// Gives a value to every handler that asks for `State<T>`, made when the application starts: a pool of connections to a
    /// database belongs here, so that `--check` works without one. An error ends the start.
    ///
    /// ```standalone_crate
    /// use squall::{Application, State, get, testing::TestClient};
    ///
    /// struct Pool(&'static str);
    ///
    /// #[get("/")]
    /// async fn index(pool: State<Pool>) -> &'static str { pool.0 }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let app = Application::new().state_at_start(async |_| Ok::<_, std::io::Error>(Pool("connected")));
    /// assert_eq!(TestClient::new(app).get(index {}).await?.text()?, "connected");
    /// # Ok(()) }
    /// ```
    #[track_caller]
    pub fn state_at_start<T, F, A, E>(mut self, make: F) -> Self
    where
        T: Send + Sync + 'static,
        F: FnOnce(AppHandle) -> A + Send + Sync + 'static,
        A: Future<Output = Result<T, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let slot = Arc::new(OnceLock::new());
        self.state.push(Provided {
            id: TypeId::of::<T>(),
            name: type_name::<T>(),
            value: Slot::AtStart(Arc::clone(&slot)),
            location: Location::caller(),
        });
        self.hooks.making.push(Making {
            name: type_name::<T>(),
            slot,
            make: Box::new(|app| {
                Box::pin(async { make(app).await.map(|value| Arc::new(value) as _).map_err(Into::into) })
            }),
        });
        self
    }

    /// How long making state and the hooks of the start may take together: 60 seconds unless you say so.
    pub fn start_deadline(mut self, time: Duration) -> Self {
        self.hooks.start_deadline = time;
        self
    }

    /// How long background tasks and the hooks of the stop may take together once the last request is answered: 30 seconds
    /// unless you say so.
    pub fn stop_deadline(mut self, time: Duration) -> Self {
        self.hooks.stop_deadline = time;
        self
    }
}

//! What happens before the first request and after the last.

use std::any::Any;
use std::error::Error as StdError;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::application::App;
use crate::error::{Error, Result};
use crate::extract::State;
use crate::handler::{Periodic, caught, panic_text};
use crate::request::{Background, Context, Matched, Params, Request};
use crate::response::chain;

/// How long all hooks of the start may take together.
const START: Duration = Duration::from_secs(60);

/// How long background tasks may take to end, and then the hooks of the stop together.
const STOP: Duration = Duration::from_secs(30);

type Cause = Box<dyn StdError + Send + Sync>;
type Attempt<T> = Pin<Box<dyn Future<Output = std::result::Result<T, Cause>> + Send>>;
pub(super) type Hook = Box<dyn FnOnce(AppHandle) -> Attempt<()> + Send + Sync>;
type Made = Arc<dyn Any + Send + Sync>;

/// A value that is made when the application starts.
pub(super) struct Making {
    pub(super) name: &'static str,
    pub(super) slot: Arc<OnceLock<Made>>,
    pub(super) make: Box<dyn FnOnce(AppHandle) -> Attempt<Made> + Send + Sync>,
}

/// What a hook has of the running application.
#[derive(Clone, Debug)]
pub struct AppHandle(Arc<Context>);

impl AppHandle {
    /// The state of type `T`; none where nobody gave one, or it is made by a later hook.
    pub fn state<T: Send + Sync + 'static>(&self) -> Option<State<T>> {
        self.0.state::<T>().map(State::from_arc)
    }

    /// Starts work beside the requests.
    pub fn background(&self) -> Background {
        self.0.background().clone()
    }
}

/// The start on its way, until it has ended.
type Start = Pin<Box<dyn Future<Output = std::result::Result<(), String>> + Send>>;

/// The hooks of an application, each run once.
pub(super) struct Lifecycle {
    /// Whoever waits for the start drives it: where one leaves, the next goes on.
    pub(super) start: Mutex<Option<Start>>,
    pub(super) stopping: Mutex<Vec<Hook>>,
    pub(super) context: Arc<Context>,
    pub(super) started: OnceCell<std::result::Result<(), String>>,
    pub(super) stop_deadline: Duration,
}

/// The start of an application; none where there is nothing to start, as for most, which then ask no timer.
pub(super) fn start(
    hooks: (Vec<Making>, Vec<Hook>),
    periodic: Vec<(Periodic, Arc<Matched>)>,
    context: &Arc<Context>,
    deadline: Duration,
) -> Option<Start> {
    if hooks.0.is_empty() && hooks.1.is_empty() && periodic.is_empty() {
        return None;
    }
    let handle = AppHandle(Arc::clone(context));
    Some(Box::pin(async move {
        match tokio::time::timeout(deadline, run_start(hooks, periodic, handle)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(format!("the hooks of the start took longer than {deadline:?}")),
        }
    }))
}

async fn run_start(
    (making, starting): (Vec<Making>, Vec<Hook>),
    periodic: Vec<(Periodic, Arc<Matched>)>,
    handle: AppHandle,
) -> std::result::Result<(), String> {
    for Making { name, slot, make } in making {
        let made = guarded(async { make(handle.clone()).await }).await;
        let value =
            made.map_err(|error| format!("the state of type `{name}` could not be made: {}", chain(&*error)))?;
        // Nobody else writes there.
        let _ = slot.set(value);
    }
    for hook in starting {
        let outcome = guarded(async { hook(handle.clone()).await }).await;
        outcome.map_err(|error| format!("a hook of the start failed: {}", chain(&*error)))?;
    }
    for (periodic, matched) in periodic {
        handle.background().spawn(async move {
            let mut interval = tokio::time::interval(periodic.period);
            // A run that took long is not made up for.
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            interval.tick().await;
            loop {
                interval.tick().await;
                let mut request = Request::from(http::Request::new(crate::body::Body::empty()));
                request.set_matched(Params::default(), Arc::clone(&matched));
                // A panic ends one run, not the task.
                if caught((periodic.call)(request)).await.is_err() {
                    tracing::error!(task = periodic.name, "a task of the application panicked");
                }
            }
        });
    }
    Ok(())
}

/// A panic of one hook is an error of that hook.
async fn guarded<T>(hook: impl Future<Output = std::result::Result<T, Cause>> + Send) -> std::result::Result<T, Cause> {
    caught(hook).await.unwrap_or_else(|panic| Err(format!("it panicked: {}", panic_text(&*panic)).into()))
}

/// What the builder collects for it.
pub(super) struct Hooks {
    pub(super) making: Vec<Making>,
    pub(super) starting: Vec<Hook>,
    pub(super) stopping: Vec<Hook>,
    pub(super) start_deadline: Duration,
    pub(super) stop_deadline: Duration,
}

impl Default for Hooks {
    fn default() -> Self {
        Self {
            making: Vec::new(),
            starting: Vec::new(),
            stopping: Vec::new(),
            start_deadline: START,
            stop_deadline: STOP,
        }
    }
}

/// Makes one form of all hooks.
pub(super) fn hook<F, A, E>(hook: F) -> Hook
where
    F: FnOnce(AppHandle) -> A + Send + Sync + 'static,
    A: Future<Output = std::result::Result<(), E>> + Send + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    Box::new(|app| Box::pin(async { hook(app).await.map_err(Into::into) }))
}

impl App {
    /// Runs the hooks of the start, once, whoever asks first.
    ///
    /// # Cancel safety
    /// A start that is dropped half way rests, and goes on when somebody asks again.
    pub(crate) async fn begin(&self) -> Result<()> {
        let outcome = self.lifecycle.started.get_or_init(|| {
            poll_fn(|cx| {
                let mut start = self.lifecycle.start.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(future) = start.as_mut() else { return Poll::Ready(Ok(())) };
                let outcome = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                    Ok(Poll::Pending) => return Poll::Pending,
                    Ok(Poll::Ready(outcome)) => outcome,
                    Err(panic) => Err(format!("a hook of the start failed: it panicked: {}", panic_text(&*panic))),
                };
                *start = None;
                Poll::Ready(outcome)
            })
        });
        outcome.await.clone().map_err(Error::start)
    }

    /// The state that the application's own handlers see.
    pub(crate) fn state<T: Send + Sync + 'static>(&self) -> Option<State<T>> {
        AppHandle(Arc::clone(&self.lifecycle.context)).state()
    }

    /// Ends the background tasks, waits for what runs on after its request, and runs the hooks of the stop.
    pub(crate) async fn end(&self) {
        let (background, deadline) = (self.lifecycle.context.background(), self.lifecycle.stop_deadline);
        background.stop();
        let ended = async {
            self.shared.settled().await;
            background.ended().await;
        };
        if tokio::time::timeout(deadline, ended).await.is_err() {
            tracing::warn!("the time to stop is over: tasks are left behind");
        }
        let hooks = std::mem::take(&mut *self.lifecycle.stopping.lock().unwrap_or_else(PoisonError::into_inner));
        let run = async {
            let handle = AppHandle(Arc::clone(&self.lifecycle.context));
            // What was set up last is taken down first.
            for hook in hooks.into_iter().rev() {
                if let Err(error) = guarded(async { hook(handle.clone()).await }).await {
                    tracing::error!("a hook of the stop failed: {}", chain(&*error));
                }
            }
        };
        if tokio::time::timeout(deadline, run).await.is_err() {
            tracing::warn!("the time to stop is over: hooks of the stop are left behind");
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // An application that nobody stopped, as in a test, still ends what it began.
        self.lifecycle.context.background().stop();
    }
}

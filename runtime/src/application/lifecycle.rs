//! What happens before the first request and after the last.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt::Display;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::application::App;
use crate::error::{Error, Result};
use crate::extract::State;
use crate::handler::{Periodic, caught, panic_text};
use crate::request::{Background, Context, Params, Request};

/// How long all hooks of the start may take together.
const START: Duration = Duration::from_secs(60);

/// How long background tasks and the hooks of the stop may take together.
const STOP: Duration = Duration::from_secs(30);

type Guarded<T> = Pin<Box<dyn Future<Output = std::result::Result<T, Box<dyn StdError + Send + Sync>>> + Send>>;
pub(super) type Hook = Box<dyn FnOnce(AppHandle) -> Guarded<()> + Send + Sync>;
type Made = Arc<dyn Any + Send + Sync>;

/// A value that is made when the application starts.
pub(super) struct Making {
    pub(super) name: &'static str,
    pub(super) slot: Arc<OnceLock<Made>>,
    pub(super) make: Box<dyn FnOnce(AppHandle) -> Guarded<Made> + Send + Sync>,
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

/// The hooks of an application, each run once.
pub(super) struct Lifecycle {
    pub(super) making: Mutex<Vec<Making>>,
    pub(super) starting: Mutex<Vec<Hook>>,
    pub(super) stopping: Mutex<Vec<Hook>>,
    /// What runs again and again, with what each of them sees.
    pub(super) periodic: Vec<(Periodic, Arc<crate::request::Matched>)>,
    pub(super) context: Arc<Context>,
    pub(super) started: OnceCell<std::result::Result<(), String>>,
    pub(super) start_deadline: Duration,
    pub(super) stop_deadline: Duration,
}

impl Lifecycle {
    /// Most applications start at once, and ask no timer.
    fn has_nothing_to_start(&self) -> bool {
        fn is_empty<T>(list: &Mutex<Vec<T>>) -> bool {
            list.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
        }
        is_empty(&self.making) && is_empty(&self.starting) && self.periodic.is_empty()
    }
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

/// A panic of a hook is an error of it, so that the others are not lost with it.
async fn guarded<T>(hook: Guarded<T>) -> std::result::Result<T, Box<dyn StdError + Send + Sync>> {
    caught(hook).await.unwrap_or_else(|panic| Err(format!("it panicked: {}", panic_text(panic.as_ref())).into()))
}

impl App {
    /// Runs the hooks of the start, once, whoever asks first.
    ///
    /// # Cancel safety
    /// A start that is dropped half way cannot be repeated: what its hooks had begun is gone with it.
    pub(crate) async fn begin(&self) -> Result<()> {
        let outcome = self.lifecycle.started.get_or_init(|| async {
            let deadline = self.lifecycle.start_deadline;
            if self.lifecycle.has_nothing_to_start() {
                return Ok(());
            }
            match tokio::time::timeout(deadline, self.run_start()).await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(text)) => Err(text),
                Err(_) => Err(format!("the hooks of the start took longer than {deadline:?}")),
            }
        });
        outcome.await.clone().map_err(Error::start)
    }

    async fn run_start(&self) -> std::result::Result<(), String> {
        let handle = AppHandle(Arc::clone(&self.lifecycle.context));
        for Making { name, slot, make } in taken(&self.lifecycle.making) {
            let made = guarded(make(handle.clone())).await;
            let value =
                made.map_err(|error| format!("the state of type `{name}` could not be made: {}", chain(&*error)))?;
            // Nobody else writes there.
            let _ = slot.set(value);
        }
        for hook in taken(&self.lifecycle.starting) {
            guarded(hook(handle.clone()))
                .await
                .map_err(|error| format!("a hook of the start failed: {}", chain(&*error)))?;
        }
        for (periodic, matched) in &self.lifecycle.periodic {
            let (periodic, matched) = (*periodic, Arc::clone(matched));
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

    /// The state that the application's own handlers see.
    pub(crate) fn state<T: Send + Sync + 'static>(&self) -> Option<State<T>> {
        AppHandle(Arc::clone(&self.lifecycle.context)).state()
    }

    /// Ends the background tasks and runs the hooks of the stop, within their deadline.
    pub(crate) async fn end(&self) {
        let background = self.lifecycle.context.background();
        background.stop();
        let ending = async {
            background.ended().await;
            let handle = AppHandle(Arc::clone(&self.lifecycle.context));
            // What was set up last is taken down first.
            for hook in taken(&self.lifecycle.stopping).into_iter().rev() {
                if let Err(error) = guarded(hook(handle.clone())).await {
                    tracing::error!("a hook of the stop failed: {}", chain(&*error));
                }
            }
        };
        if tokio::time::timeout(self.lifecycle.stop_deadline, ending).await.is_err() {
            tracing::warn!("the time to stop is over: background tasks or hooks of the stop are left behind");
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // An application that nobody stopped, as in a test, still ends what it began.
        self.lifecycle.context.background().stop();
    }
}

fn taken<T>(list: &Mutex<Vec<T>>) -> Vec<T> {
    std::mem::take(&mut list.lock().unwrap_or_else(PoisonError::into_inner))
}

/// An error with its causes, for the log.
fn chain(error: &(dyn StdError + 'static)) -> impl Display {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

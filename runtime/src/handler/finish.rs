//! `#[finish]`: what runs when a request is over, exactly once, however it ended.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use http::header::CONTENT_LENGTH;
use http::{Method, StatusCode};
use tokio::task::JoinHandle;

use crate::body::{End, Ended};
use crate::handler::serve::{Panicked, caught, panic_text, panicked};
use crate::handler::{Finish, HandlerFuture, Prepare, Serve, Stage};
use crate::request::{Request, Tasks};
use crate::response::{IntoResponse, Response, rejected};

/// How a request came out, for `#[finish]`.
///
/// ```standalone_crate
/// use squall::{Application, Outcome, handler, testing::TestClient};
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// static SENT: AtomicU64 = AtomicU64::new(0);
///
/// #[handler("/")]
/// struct Page;
///
/// #[handler]
/// impl Page {
///     #[get]
///     async fn show(&self) -> &'static str { "four" }
///
///     #[finish]
///     async fn count(&self, outcome: &Outcome) {
///         SENT.fetch_add(outcome.bytes(), Ordering::Relaxed);
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// client.get(Page).await?;
/// client.finished().await;
/// assert_eq!(SENT.load(Ordering::Relaxed), 4);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Outcome {
    status: Option<StatusCode>,
    bytes: u64,
    elapsed: Duration,
    end: End,
    panicked: bool,
}

impl Outcome {
    /// The status of the answer; none where the client left before there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// How many bytes of body were handed on to be sent, before any compression by middleware outside; none with HEAD.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The time from the beginning of the scope, or of the handler, to the end of the answer.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Whether the client left, or the time of the handler was over, before the answer was whole.
    pub fn gone(&self) -> bool {
        self.end == End::Dropped && !self.panicked
    }

    /// Whether the handler, or a `#[prepare]`, panicked.
    pub fn panicked(&self) -> bool {
        self.panicked
    }

    /// Whether the body of the answer failed on the way, so that the client got a part of it.
    pub fn broken(&self) -> bool {
        self.end == End::Failed
    }
}

/// What is to run: that of a handler is constant, that of its scopes is put together at launch.
#[derive(Clone, Debug)]
pub enum Finishes {
    /// In a record.
    Constant(&'static [Finish]),
    /// Shared by the requests of a route.
    Shared(Arc<[Finish]>),
}

impl Deref for Finishes {
    type Target = [Finish];

    fn deref(&self) -> &[Finish] {
        match self {
            Self::Constant(finishes) => finishes,
            Self::Shared(finishes) => finishes,
        }
    }
}

/// The finishes of one request run one after another: the one that runs last of those that were begun.
#[derive(Clone, Default)]
struct Order(Arc<Mutex<Option<JoinHandle<()>>>>);

/// Waits for the end of a request, and then runs what is to run: when it is dropped early, too.
pub struct Finisher {
    request: Option<Request>,
    finishes: Finishes,
    started: Instant,
    tasks: Tasks,
    order: Order,
}

impl Finisher {
    /// From now on the end is seen.
    pub fn begin(request: &mut Request, finishes: Finishes) -> Self {
        let tasks = request.context().map(|context| context.finishing()).unwrap_or_default();
        let order = request.extensions_mut().get_or_insert_default::<Order>().clone();
        Self { request: Some(request.without_body()), finishes, started: Instant::now(), tasks, order }
    }

    /// Takes the values along that were added to the request since.
    pub fn update(&mut self, request: &Request) {
        if let Some(own) = &mut self.request {
            own.take_values_of(request);
        }
    }

    /// The answer is there: the end is that of its body.
    pub fn answered(mut self, response: Response) -> Response {
        let status = response.status();
        let panicked = response.extensions().get::<Panicked>().is_some();
        let (head, body) = response.into_parts();
        if let Some(length) = body.len().filter(|_| body.is_at_hand()) {
            let is_head = self.request.as_ref().is_some_and(|request| *request.method() == Method::HEAD);
            let is_sent = !is_head && !matches!(status.as_u16(), 204 | 205 | 304);
            let bytes = if is_sent { length } else { 0 };
            self.end(Some(status), Ended { bytes, end: End::Whole }, panicked);
            return Response::from_parts(head, body);
        }
        let declared = head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let body = body.watched(declared, move |ended| self.end(Some(status), ended, panicked));
        Response::from_parts(head, body)
    }

    fn end(&mut self, status: Option<StatusCode>, ended: Ended, panicked: bool) {
        let Some(request) = self.request.take() else { return };
        let Ended { bytes, end } = ended;
        let outcome = Outcome { status, bytes, elapsed: self.started.elapsed(), end, panicked };
        let finishes = self.finishes.clone();
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            tracing::warn!("a request ended outside of the runtime: its `#[finish]` does not run");
            return;
        };
        // A task that the application owns, and waits for at its stop: nobody else may be left to wait.
        let running = self.tasks.begin();
        let mut last = self.order.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = last.take();
        *last = Some(runtime.spawn(async move {
            let _running = running;
            if let Some(before) = before {
                let _ = before.await;
            }
            for finish in finishes.iter() {
                let finish = (*finish, request.without_body(), outcome.clone());
                // One that panics takes no other with it.
                if let Err(panic) = caught(async move { finish.0(finish.1, finish.2).await }).await {
                    tracing::error!(id = %request.id(), cause = panic_text(&*panic), "a `#[finish]` panicked");
                }
            }
        }));
    }
}

impl Drop for Finisher {
    fn drop(&mut self) {
        if self.request.is_some() {
            let ended = Ended { bytes: 0, end: End::Dropped };
            let panicked = std::thread::panicking();
            // That is what a panic becomes further out.
            self.end(panicked.then_some(StatusCode::INTERNAL_SERVER_ERROR), ended, panicked);
        }
    }
}

impl std::fmt::Debug for Finisher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Finisher({} to run)", self.finishes.len())
    }
}

/// What the scopes of a route do around it: their `#[prepare]` functions, the time that all has, their `#[finish]`.
pub(crate) struct Hooked {
    /// Outer scopes first.
    pub(crate) prepares: Arc<[Prepare]>,
    /// Inner scopes first.
    pub(crate) finishes: Arc<[Finish]>,
    pub(crate) limit: Option<Duration>,
    pub(crate) inner: Stage,
}

impl Serve for Hooked {
    fn serve(&self, mut request: Request) -> HandlerFuture {
        let finisher = (!self.finishes.is_empty())
            .then(|| Finisher::begin(&mut request, Finishes::Shared(Arc::clone(&self.finishes))));
        let (prepares, limit, inner) = (Arc::clone(&self.prepares), self.limit, Arc::clone(&self.inner));
        Box::pin(async move {
            let mut finisher = finisher;
            // A panic is an answer, so that the stages around and the finishes see it.
            let answer = caught(async {
                for prepare in prepares.iter() {
                    let answer = (prepare.run)(&mut request).await;
                    if let Some(finisher) = &mut finisher {
                        finisher.update(&request);
                    }
                    if let Some(answer) = answer {
                        return answer;
                    }
                }
                inner.serve(request).await
            });
            let answer = match limit {
                None => answer.await,
                Some(limit) => match tokio::time::timeout(limit, answer).await {
                    Ok(answer) => answer,
                    Err(_) => Ok(TimedOut { limit }.into_response()),
                },
            };
            let response = answer.unwrap_or_else(|panic| panicked(panic.as_ref()));
            match finisher {
                Some(finisher) => finisher.answered(response),
                None => response,
            }
        })
    }
}

/// The handler took longer than its [`Limits::timeout`](crate::Limits::timeout): 503.
#[derive(Clone, Copy, Debug)]
pub struct TimedOut {
    /// The time it had.
    pub limit: Duration,
}

impl IntoResponse for TimedOut {
    fn into_response(self) -> Response {
        rejected(self, StatusCode::SERVICE_UNAVAILABLE, "the answer took too long")
    }
}

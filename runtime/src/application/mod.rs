//! The application: what a program serves, put together and checked.

mod app;
mod arguments;
mod around;
mod assemble;
mod check;
mod endpoint;
mod hooks;
mod launch;
mod lifecycle;
mod needs;
mod openapi;
mod package;
mod program;
mod report;
mod routes;
mod routing;
mod service;
mod table;

use std::any::TypeId;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::error::{Error, Result};
use crate::handler::{Handler, Package};
use crate::link::{Link, ToLink};
use crate::location::Location;
use crate::request::Slot;
use crate::server;

pub(crate) use app::App;
pub use lifecycle::AppHandle;
pub use package::{block, enter};
pub use program::{Built, Program, main};
pub use routes::Routes;
pub use routing::TrailingSlash;
pub use service::AppService;

/// A value that handlers share, and where it was given.
#[derive(Clone)]
struct Provided {
    id: TypeId,
    name: &'static str,
    value: Slot,
    location: Location,
}

/// Routes under a prefix.
struct Mount {
    prefix: String,
    routes: Routes,
    location: Location,
}

/// What a program serves: its handlers, and what they share.
///
/// ```standalone_crate
/// use squall::{Application, State, get};
///
/// struct Shop { name: &'static str }
///
/// #[get("/")]
/// async fn index(shop: State<Shop>) -> String {
///     format!("Welcome to {}", shop.name)
/// }
///
/// #[squall::main]
/// async fn app() -> Application {
///     Application::new().state(Shop { name: "the corner" })
/// }
/// ```
#[must_use = "an application does nothing until it runs"]
pub struct Application {
    own: Routes,
    mounts: Vec<Mount>,
    without: Vec<(String, Location)>,
    state: Vec<Provided>,
    around: around::Around,
    hooks: lifecycle::Hooks,
    location: Location,
    choice: Choice,
}

/// Which routes the application began with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Those of the package whose `#[squall::main]` or `#[squall::app]` is running, or of the only one there is.
    Package,
    /// Those that were named.
    Named,
}

impl Application {
    /// Everything this package registered.
    ///
    /// Inside a function with `#[squall::main]` or `#[squall::app]` that is the function's package, elsewhere the only
    /// package that registers anything; with several, the launch check asks for `Application::from(squall::routes!())`.
    #[track_caller]
    #[expect(
        clippy::new_without_default,
        reason = "it collects the routes of the calling package: nothing default about it"
    )]
    pub fn new() -> Self {
        let package = package::current().or_else(package::only);
        let own = package.map_or_else(Routes::empty, Routes::of);
        Self { choice: Choice::Package, ..Self::with(own) }
    }

    /// No handlers; add them with [`Application::handler`].
    #[track_caller]
    pub fn empty() -> Self {
        Self::with(Routes::empty())
    }

    #[track_caller]
    fn with(own: Routes) -> Self {
        Self {
            own,
            mounts: Vec::new(),
            without: Vec::new(),
            state: Vec::new(),
            around: around::Around::default(),
            hooks: lifecycle::Hooks::default(),
            location: Location::caller(),
            choice: Choice::Named,
        }
    }

    /// Adds one handler by name, registered or not.
    ///
    /// ```standalone_crate
    /// use squall::{Application, get, testing::TestClient};
    ///
    /// #[get("/ping", register = false)]
    /// async fn ping() -> &'static str { "pong" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::empty().handler::<ping>());
    /// assert_eq!(client.get("/ping").await?.text()?, "pong");
    /// # Ok(()) }
    /// ```
    pub fn handler<H: Handler>(mut self) -> Self {
        self.own = self.own.handler::<H>();
        self
    }

    /// Gives a value to every handler that asks for `State<T>`.
    ///
    /// Two values of one type are a launch fault; see [`Application::replace_state`] for tests.
    #[track_caller]
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.state.push(Provided::new(value, Location::caller()));
        self
    }

    /// Gives a value that other code shares, too: handlers ask for `State<T>`, as if it had been given by
    /// [`Application::state`].
    #[track_caller]
    pub fn state_arc<T: Send + Sync + 'static>(mut self, value: Arc<T>) -> Self {
        let (id, name) = (TypeId::of::<T>(), std::any::type_name::<T>());
        self.state.push(Provided { id, name, value: Slot::Given(value), location: Location::caller() });
        self
    }

    /// Puts a value in the place of each of its type given before, as a test does with what it must not use.
    ///
    /// That includes the values that mounted packages and [`Routes`] brought with [`Routes::state`]: each of them sees
    /// the new one, whoever saw none still sees none. Where nobody gave a value of this type, it is given to all as by
    /// [`Application::state`]. What is mounted after this call keeps its own.
    ///
    /// ```standalone_crate
    /// use squall::{Application, Routes, State, get, testing::TestClient};
    ///
    /// struct Currency(&'static str);
    ///
    /// #[get("/total", register = false)]
    /// async fn total(currency: State<Currency>) -> String { format!("7 {}", currency.0) }
    ///
    /// fn app() -> Application {
    ///     Application::empty().mount("/billing", Routes::empty().handler::<total>().state(Currency("EUR")))
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(app().replace_state(Currency("XTS")));
    /// assert_eq!(client.get(total {}).await?.text()?, "7 XTS");
    /// # Ok(()) }
    /// ```
    #[track_caller]
    pub fn replace_state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        let new = Provided::new(value, Location::caller());
        let mounts = self.mounts.iter_mut().map(|mount| &mut mount.routes.state);
        let mut replaced = false;
        for given in [&mut self.state, &mut self.own.state].into_iter().chain(mounts) {
            let before = given.len();
            given.retain(|provided| provided.id != new.id);
            if given.len() < before {
                given.push(new.clone());
                replaced = true;
            }
        }
        if !replaced {
            self.state.push(new);
        }
        self
    }

    /// Serves the handlers of another crate under a prefix.
    ///
    /// A linked crate is never served by itself: it is mounted here, or left out by [`Application::without`].
    /// `prefix` begins with a slash and does not end in one; it has no parameters.
    #[track_caller]
    pub fn mount(mut self, prefix: &str, routes: impl Into<Routes>) -> Self {
        self.mounts.push(Mount { prefix: prefix.to_owned(), routes: routes.into(), location: Location::caller() });
        self
    }

    /// Leaves out a linked package that registers handlers, by its name.
    #[track_caller]
    pub fn without(mut self, package: &str) -> Self {
        self.without.push((package.to_owned(), Location::caller()));
        self
    }

    /// Runs the launch check: all faults in one report, or nothing.
    pub fn check(self) -> Result<()> {
        self.launch().map(drop)
    }

    /// The link to a handler as this application serves it: with the prefix of its mount.
    ///
    /// # Errors
    /// The launch report, or what [`Error::is_link`] says of the values in the link.
    pub fn url<L: ToLink>(self, request: &L) -> Result<http::Uri> {
        let app = self.launch()?;
        let link = Link::to(request);
        link.uri(app.prefix(&link))
    }

    pub(crate) fn launch(self) -> Result<Arc<App>> {
        launch::launch(self).map_err(|report| Error::launch(report.to_string()))
    }

    /// Serves on `127.0.0.1:8888` until Ctrl-C or SIGTERM.
    ///
    /// `SQUALL_HOST` and `SQUALL_PORT` choose another address, and so do `HOST` (an IP address or `localhost`; other
    /// values are passed over, as shells export it as the name of the machine) and `PORT`.
    ///
    /// # Cancel safety
    /// Dropping the future closes every connection at once.
    pub async fn run(self) -> Result<()> {
        let app = self.launch()?;
        let listener = server::bind(server::Address::from_environment()?).await?;
        run(listener, app).await
    }

    /// Serves on a listener until `stop` is ready, then lets the requests that have begun come to their end.
    ///
    /// # Cancel safety
    /// Dropping the future closes every connection at once.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()> + Send) -> Result<()> {
        let app = self.launch()?;
        let begun = app.begin().await;
        if begun.is_ok() {
            server::serve(listener, Arc::clone(&app), stop, std::future::pending()).await;
        }
        app.end().await;
        begun
    }
}

/// From the hooks of the start to those of the stop.
async fn run(listener: TcpListener, app: Arc<App>) -> Result<()> {
    let outcome = match app.begin().await {
        Ok(()) => server::run(listener, Arc::clone(&app), app.end()).await,
        Err(error) => Err(error),
    };
    if outcome.is_err() {
        // What was begun before the fault is taken down again.
        app.end().await;
    }
    outcome
}

/// The routes of [`routes!`](crate::routes), for a program whose package cannot be told otherwise.
impl From<Routes> for Application {
    #[track_caller]
    fn from(routes: Routes) -> Self {
        Self::with(routes)
    }
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mounts: Vec<&str> = self.mounts.iter().map(|mount| mount.prefix.as_str()).collect();
        f.debug_struct("Application").field("routes", &self.own).field("mounts", &mounts).finish_non_exhaustive()
    }
}

impl Provided {
    fn new<T: Send + Sync + 'static>(value: T, location: Location) -> Self {
        Self { id: TypeId::of::<T>(), name: std::any::type_name::<T>(), value: Slot::Given(Arc::new(value)), location }
    }
}

//! The routes of one package, as something that can be mounted.

use crate::application::Provided;
use crate::handler::{Handler, Package, Route};
use crate::location::Location;
use crate::registry;

/// The routes of a package, and the state that only they see.
///
/// A library offers its handlers as a function; the program decides where they are served.
///
/// ```standalone_crate
/// # use squall::{Application, get};
/// mod billing {
///     use squall::{Routes, get};
///
///     #[get("/invoices")]
///     async fn invoices() -> &'static str { "none" }
///
///     pub fn routes() -> Routes {
///         squall::routes!()
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let app = Application::empty().mount("/billing", billing::routes());
/// let client = squall::testing::TestClient::new(app);
/// assert_eq!(client.get("/billing/invoices").await?.text()?, "none");
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Routes {
    pub(super) package: Option<Package>,
    pub(super) list: Vec<Route>,
    pub(super) state: Vec<Provided>,
}

impl Routes {
    /// None yet; add them with [`Routes::handler`].
    pub fn empty() -> Self {
        Self { package: None, list: Vec::new(), state: Vec::new() }
    }

    /// Everything a package registered.
    #[doc(hidden)]
    pub fn of(package: Package) -> Self {
        let list = registry::routes().into_iter().filter(|route| route.package == package).collect();
        Self { package: Some(package), list, state: Vec::new() }
    }

    /// Adds one handler by name, registered or not.
    pub fn handler<H: Handler>(mut self) -> Self {
        self.list.extend(H::ROUTES);
        self
    }

    /// Gives a value to these handlers. They see it before the application's value of the same type.
    #[track_caller]
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.state.push(Provided::new(value, Location::caller()));
        self
    }
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.list.iter().map(|route| (route.method, route.path))).finish()
    }
}

/// The routes that this package registered: the body of a library's `pub fn routes() -> Routes`.
///
/// See [`Routes`] for an example.
#[macro_export]
macro_rules! routes {
    () => {
        $crate::Routes::of($crate::__private::Package {
            directory: ::core::env!("CARGO_MANIFEST_DIR"),
            name: ::core::env!("CARGO_PKG_NAME"),
        })
    };
}

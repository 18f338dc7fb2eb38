//! The routes of every linked crate, collected at link time. No user code runs before `main`.

use crate::handler::{Handler, Package, Periodic, Route, ScopeHooks};
use crate::location::Location;

/// The routes of one handler, as its macro registers them.
#[derive(Debug)]
pub struct Registration(&'static [Route]);

impl Registration {
    /// The routes of a handler, or none where it says `register = false`.
    pub const fn of<H: Handler>() -> Self {
        Self(if H::REGISTER { H::ROUTES } else { &[] })
    }
}

inventory::collect!(Registration);

/// Registers the routes of one handler: the only place that knows how.
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($handler:ty) => {
        $crate::__private::inventory::submit! { $crate::__private::Registration::of::<$handler>() }
    };
}

inventory::collect!(ScopeHooks);
inventory::collect!(Periodic);

/// Registers what a scope's impl does, or a function that runs again and again.
#[doc(hidden)]
#[macro_export]
macro_rules! __submit {
    ($record:expr) => {
        $crate::__private::inventory::submit! { $record }
    };
}

/// What the impls of scopes do.
pub(crate) fn scope_hooks() -> Vec<ScopeHooks> {
    inventory::iter::<ScopeHooks>.into_iter().copied().collect()
}

/// Every function that runs again and again, in an order that does not depend on the linker.
pub(crate) fn periodic() -> Vec<Periodic> {
    let mut all: Vec<Periodic> = inventory::iter::<Periodic>.into_iter().copied().collect();
    // As with routes, one declaration that is compiled twice runs once: the program's own copy.
    let declared =
        |one: &Periodic| (one.package, place(&one.location), one.location.line, one.location.column, one.name);
    all.sort_by_cached_key(|one| (declared(one), one.bin.is_none()));
    all.dedup_by_key(|one| declared(one));
    all
}

/// Every registered route, in an order that does not depend on the linker.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes: Vec<Route> =
        inventory::iter::<Registration>.into_iter().flat_map(|registration| registration.0).copied().collect();
    // The lib and a bin of one package may hold the same file: one declaration, compiled twice. The program's own copy
    // stays, as its types are those that the program gives as state.
    routes.sort_by_cached_key(|route| (declaration(route), route.bin.is_none(), route.module));
    routes.dedup_by_key(|route| declaration(route));
    routes.sort_by_key(|route| (route.package, route.order(), route.module));
    routes
}

/// What two copies of one declaration have in common. A bin may name a file of the lib by another path.
fn declaration(route: &Route) -> (Package, &'static str, &'static str, String, u32, u32) {
    let (path, method, _, line, column) = route.order();
    (route.package, path, method, place(&route.location), line, column)
}

/// The path of a file, written in one way.
fn place(location: &Location) -> String {
    let mut pieces: Vec<&str> = Vec::new();
    for piece in location.file.split(['/', '\\']) {
        if piece == ".." && pieces.last().is_some_and(|last| *last != "..") {
            pieces.pop();
        } else if piece != "." {
            pieces.push(piece);
        }
    }
    pieces.join("/")
}

/// The packages that register anything.
pub(crate) fn packages() -> Vec<Package> {
    let mut packages: Vec<Package> = routes().into_iter().map(|route| route.package).collect();
    packages.dedup();
    packages
}

//! The routes of every linked crate, collected at link time. No user code runs before `main`.

use crate::handler::{Handler, Package, Route};

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

/// Every registered route, in an order that does not depend on the linker.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes: Vec<Route> =
        inventory::iter::<Registration>.into_iter().flat_map(|registration| registration.0).copied().collect();
    routes.sort_by_key(|route| (route.package, route.order(), route.module));
    // The lib and a bin of one package may hold the same file: one declaration, compiled twice.
    routes.dedup_by_key(|route| (route.package, route.order()));
    routes
}

/// The packages that register anything.
pub(crate) fn packages() -> Vec<Package> {
    let mut packages: Vec<Package> = routes().into_iter().map(|route| route.package).collect();
    packages.dedup();
    packages
}

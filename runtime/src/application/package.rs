//! Which package's handlers `Application::new()` means.

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use crate::handler::Package;
use crate::registry;

thread_local! {
    static CURRENT: Cell<Option<Package>> = const { Cell::new(None) };
}

/// The package whose builder function is running on this thread.
pub(super) fn current() -> Option<Package> {
    CURRENT.get()
}

/// The only package that registers anything.
pub(super) fn only() -> Option<Package> {
    match registry::packages().as_slice() {
        [package] => Some(*package),
        _ => None,
    }
}

/// Sets the package until it is dropped.
struct Entered(Option<Package>);

impl Entered {
    fn new(package: Package) -> Self {
        Self(CURRENT.replace(Some(package)))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

/// Runs a builder function for a package.
pub fn block<T>(package: Package, build: impl FnOnce() -> T) -> T {
    let _entered = Entered::new(package);
    build()
}

/// Runs an async builder function for a package, on whichever thread it is polled.
pub async fn enter<F: Future>(package: Package, build: F) -> F::Output {
    let mut build = pin!(build);
    std::future::poll_fn(move |cx: &mut Context<'_>| -> Poll<F::Output> {
        let _entered = Entered::new(package);
        Pin::as_mut(&mut build).poll(cx)
    })
    .await
}

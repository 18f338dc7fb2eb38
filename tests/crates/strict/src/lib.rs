//! Public handlers in a crate that denies whatever can be denied: that it compiles is the test.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    unreachable_pub,
    elided_lifetimes_in_paths,
    unused_qualifications,
    missing_debug_implementations,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unused_import_braces,
    unused_lifetimes,
    unused_results,
    unit_bindings,
    redundant_imports,
    let_underscore_drop,
    keyword_idents,
    explicit_outlives_requirements,
    macro_use_extern_crate,
    non_ascii_idents,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::shadow_unrelated,
    clippy::same_name_method,
    clippy::str_to_string,
    clippy::multiple_inherent_impl
)]
#![allow(
    clippy::unused_async,
    clippy::missing_const_for_fn,
    clippy::redundant_pub_crate,
    reason = "these speak of what the user wrote: handlers are async by habit and never const, and the last contradicts `unreachable_pub`"
)]

pub mod handlers;
mod private;
pub mod scopes;

use squall::{Application, Routes};

/// The application.
#[must_use]
#[squall::app]
pub fn app() -> Application {
    Application::new().state(String::from("strict"))
}

/// What there is to mount.
#[must_use]
pub fn routes() -> Routes {
    squall::routes!()
}

//! Handlers: what the macros implement, and the record of each route.

mod answers;
mod finish;
mod gather;
mod periodic;
mod proofs;
mod record;
mod run;
mod scope;
mod serve;

use std::any::TypeId;

use crate::link::ToLink;
use crate::request::Request;
use crate::response::Faults;

pub use answers::{Answers, Delete, Get, Head, Options, Patch, Post, Put, Untyped};
pub(crate) use finish::Hooked;
pub use finish::{Finisher, Finishes, Outcome, TimedOut};
pub use gather::Gather;
pub use periodic::{Periodic, Ran};
pub use proofs::{BodyOfGet, BodyOfHook, LeavesBody, NeedsNoBody, NotExtracted, Probe, ReadsOnce, SecondBody};
pub(crate) use record::Dispatch;
pub use record::{HandlerFuture, InputRecord, Package, Route};
pub use run::{blocking, detached};
pub use scope::{
    Finish, Finishing, Hooks, OneImpl, Options as RouteOptions, Prepare, Prepared, Preparing, Scope, ScopeHooks,
    ScopeRecord, SeenByFinish, write_scope,
};
pub(crate) use serve::{Panicked, Verb, caught, panic_text, panicked};
pub use serve::{Serve, Stage, Wrap};

/// A struct that is a request: declared with `#[handler("/path")]`, or made from a function by `#[get("/path")]`.
///
/// The macros implement it; there is nothing here to write by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared as a handler",
    label = "has no path",
    note = "write `#[handler(\"/path\")]` on the struct"
)]
pub trait Inputs: ToLink + Sized {
    /// The path, as declared.
    const PATH: &'static str;

    /// What it reads, in the order of its fields.
    const INPUTS: &'static [InputRecord];

    /// The scope it belongs to.
    const SCOPE: Option<fn() -> &'static ScopeRecord> = None;

    /// What its attribute says for all of its verbs.
    const OPTIONS: RouteOptions = RouteOptions::NONE;

    /// Whether it is registered; `register = false` says no.
    const REGISTER: bool = true;

    /// Reads every input; all faults are added, and `None` is returned when there is one.
    fn read(request: &Request, faults: &mut Faults) -> Option<Self>;

    /// Adds what is wrong with its options, where that can only be told by running them.
    fn check(faults: &mut Vec<String>) {
        let _ = faults;
    }

    /// Which struct it is.
    fn id() -> TypeId {
        TypeId::of::<Self>()
    }
}

/// A handler: a struct with `#[handler("/path")]` and an `impl` with `#[handler]`, or the struct of a function with `#[get("/path")]`.
///
/// The macros implement it. `Application::empty().handler::<Item>()` takes it by name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` answers no method",
    label = "no `#[handler] impl` with a verb belongs to this",
    note = "write `#[handler] impl {Self} {{ #[get] async fn show(&self) -> &'static str {{ \"..\" }} }}`"
)]
pub trait Handler: Inputs {
    /// Its `#[prepare]` and `#[finish]` functions.
    const HOOKS: Hooks = Hooks::NONE;

    /// Its routes, one a verb.
    const ROUTES: &'static [Route];
}

//! What is known of a route before the program runs: constant data, collected at link time.

use std::any::TypeId;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use crate::extract::Needs;
use crate::handler::{Hooks, RouteOptions, ScopeRecord};
use crate::location::Location;
use crate::request::Request;
use crate::response::{Place, Response};

/// The one boxed future of a request.
pub type HandlerFuture = Pin<Box<dyn Future<Output = Response> + Send>>;

/// What turns requests into answers: the launched application, as the server sees it.
pub(crate) trait Dispatch: Send + Sync + 'static {
    /// An answer on its way.
    type Answering: Future<Output = Response> + Send;

    /// Begins to answer.
    fn dispatch(self: &Arc<Self>, request: Request) -> Self::Answering;

    /// Told when the stop begins, before requests come to their end.
    fn stopping(&self);

    /// Waits for what runs on after its request.
    fn settled(&self) -> impl Future<Output = ()> + Send;
}

/// The package that declared a route. The directory of its manifest is the key: a name can occur twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Package {
    /// The directory of its Cargo.toml.
    pub directory: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// One input of a handler struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InputRecord {
    /// Where it comes in.
    pub place: Place,
    /// Its name on the wire; empty where a serde struct takes the whole query.
    pub name: &'static str,
    /// Whether a request without it is refused.
    pub required: bool,
}

/// One method of one path, and the code that answers it.
#[derive(Clone, Copy)]
pub struct Route {
    /// The package it belongs to.
    pub package: Package,
    /// The binary that it was compiled in; none in a library.
    pub bin: Option<&'static str>,
    /// The module it is written in.
    pub module: &'static str,
    /// The place of its attribute.
    pub location: Location,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path, as declared.
    pub path: &'static str,
    /// The name for people: `Item::show`, or that of the function.
    pub handler: &'static str,
    /// The first lines of its documentation.
    pub doc: &'static str,
    /// The scope it belongs to.
    pub scope: Option<fn() -> &'static ScopeRecord>,
    /// What the attribute of its struct says.
    pub shared: RouteOptions,
    /// What its own attribute says.
    pub options: RouteOptions,
    /// The `#[prepare]` and `#[finish]` functions of its handler, which its own code runs.
    pub hooks: Hooks,
    /// What it reads from the wire.
    pub inputs: &'static [InputRecord],
    /// Which struct holds its inputs.
    pub id: fn() -> TypeId,
    /// Answers a request that matched.
    pub call: fn(Request) -> HandlerFuture,
    /// What its arguments need from the application.
    pub needs: fn(&mut Needs),
    /// What is wrong with its options.
    pub check: fn(&mut Vec<String>),
}

impl Route {
    /// The order in which routes are listed and judged; link order has no part in it.
    pub(crate) fn order(&self) -> (&'static str, &'static str, &'static str, u32, u32) {
        (self.path, self.method, self.location.file, self.location.line, self.location.column)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Route({} {} {} at {})", self.method, self.path, self.handler, self.location)
    }
}

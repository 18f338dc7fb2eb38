//! squall: a web framework and a web server in one. Annotate a struct, and the program serves it.
//!
//! ```standalone_crate
//! use squall::{Application, get};
//!
//! #[get("/")]
//! async fn index() -> &'static str {
//!     "Hello, world"
//! }
//!
//! #[squall::main]
//! async fn app() -> Application {
//!     Application::new()
//! }
//! ```
//!
//! **The struct is the request.** Its fields are what arrives on the wire, its methods are the verbs, and what the
//! server owns comes in as arguments. So one declaration reads a request, checks it, builds the link to itself and is
//! what a test sends:
//!
//! ```standalone_crate
//! use squall::{Application, Json, State, handler, testing::TestClient};
//!
//! #[handler("/items/{id}")]
//! struct Item {
//!     id: u64,
//!     #[query(default = 1, range = 1..=10)]
//!     copies: u32,
//! }
//!
//! #[handler]
//! impl Item {
//!     #[get]
//!     async fn price(&self, per_item: State<u64>) -> Json<u64> {
//!         Json(*per_item * u64::from(self.copies) + self.id)
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
//! assert_eq!(Item { copies: 3, ..Item::at(7) }.url(), "/items/7?copies=3");
//!
//! let client = TestClient::new(Application::new().state(100_u64));
//! assert_eq!(client.get(Item::at(7)).await?.json()?, 107);
//! assert_eq!(client.get("/items/7?copies=11").await?.status(), 422);
//! # Ok(()) }
//! ```

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod application;
mod body;
pub mod client;
mod error;
mod extract;
#[cfg(doctest)]
mod guide;
mod handler;
mod link;
mod location;
pub mod middleware;
mod registry;
mod request;
mod response;
mod route;
mod server;
pub mod testing;

pub use application::{AppHandle, AppService, Application, Routes, TrailingSlash};
pub use body::{Body, BodySender, Piece};
#[cfg(feature = "client")]
pub use client::Client;
pub use error::{Error, Result};
pub use extract::{
    ClientAddr, Cookies, Extension, Form, FromRequest, Host, Input, Json, LastEventId, MatchedRoute, MissingExtension,
    Needs, NoRoute, Param, Query, State, Valid, Validate, Violations, rejection,
};
#[cfg(feature = "multipart")]
pub use extract::{Multipart, MultipartForm, MultipartRejection, Part, UploadDirectory, UploadedFile};
pub use handler::{Answers, Handler, Inputs, Outcome, TimedOut, Untyped};
pub use link::{Link, ToLink};
pub use request::{Background, ByteUnits, Limits, Peer, Request, RequestId};
pub use response::{
    AnyError, AppendHeaders, Attachment, Conditional, Conditions, Created, ETag, Event, Failure, Fault, Faults, File,
    Html, IntoEvent, IntoHeaders, IntoResponse, IntoTarget, NoContent, Place, PreconditionFailed, Problem, Redirect,
    Response, SameSite, SetCookie, Sse,
};

/// Traits that hold a handler to its rules, and exist for the messages of the compiler. There is nothing to call here.
pub mod contract {
    pub use crate::application::Built;
    pub use crate::extract::{
        Checkable, Flatten, FromText, Many, Matched, Measured, Number, One, Optional, Pattern, Ranged, Text, Values,
    };
    #[cfg(feature = "multipart")]
    pub use crate::extract::{FromPart, PartInput, PartSlot};
    pub use crate::handler::{
        BodyOfGet, BodyOfHook, LeavesBody, NeedsNoBody, OneImpl, Prepared, Ran, ReadsOnce, Scope, SecondBody,
        SeenByFinish, blocking, detached,
    };
    pub use crate::response::derived::{HeaderField, Member, Perhaps, ProblemRecord, Problems, Ready, Written};
}

/// The types of the verbs, for [`Answers`].
pub mod verb {
    pub use crate::handler::{Delete, Get, Head, Options, Patch, Post, Put};
}

pub use bytes::Bytes;
pub use futures_core;
pub use http::{self, HeaderMap, Method, StatusCode, Uri};
pub use http_body_util;

#[cfg(feature = "multipart")]
#[doc = include_str!("docs/from_multipart.md")]
pub use squall_macros::FromMultipart;
#[doc = include_str!("docs/into_response.md")]
pub use squall_macros::IntoResponse;
#[doc = include_str!("docs/param.md")]
pub use squall_macros::Param;
#[doc = include_str!("docs/problem.md")]
pub use squall_macros::Problem;
#[doc = include_str!("docs/app.md")]
pub use squall_macros::app;
/// The handler of DELETE on a path.
#[doc = include_str!("docs/verb.md")]
pub use squall_macros::delete;
#[doc = include_str!("docs/every.md")]
pub use squall_macros::every;
/// The handler of GET on a path.
#[doc = include_str!("docs/verb.md")]
pub use squall_macros::get;
#[doc = include_str!("docs/handler.md")]
pub use squall_macros::handler;
/// The handler of HEAD on a path.
#[doc = include_str!("docs/verb.md")]
pub use squall_macros::head;
#[doc = include_str!("docs/main.md")]
pub use squall_macros::main;
#[doc = include_str!("docs/method.md")]
pub use squall_macros::method;
/// The handler of OPTIONS on a path.
#[doc = include_str!("docs/verb.md")]
pub use squall_macros::options;
/// The handler of PATCH on a path.
#[doc = include_str!("docs/verb.md")]
pub use squall_macros::patch;
/// The handler of POST on a path.
#[doc = include_str!("docs/verb.md")]
pub use squall_macros::post;
/// The handler of PUT on a path.
#[doc = include_str!("docs/verb.md")]
pub use squall_macros::put;

#[doc = include_str!("docs/scope.md")]
pub use squall_macros::scope;

/// The programs of the README compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

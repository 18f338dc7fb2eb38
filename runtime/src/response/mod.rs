//! What a handler may return, and how it becomes an answer.

mod accept;
mod append;
mod attachment;
mod conditional;
mod conditions;
mod created;
pub mod derived;
mod etag;
mod event;
mod faults;
mod file;
mod file_parts;
mod headers;
mod html;
mod impls;
mod no_content;
mod problem;
mod range;
mod redirect;
mod set_cookie;
mod sse;

use crate::body::Body;

pub(crate) use accept::with_line;

pub use append::AppendHeaders;
pub use attachment::Attachment;
pub use conditional::Conditional;
pub use conditions::{Conditions, PreconditionFailed};
pub use created::Created;
pub use etag::ETag;
pub use event::{Event, IntoEvent};
pub(crate) use faults::pointer;
pub use faults::{Fault, Faults, Place};
pub use file::File;
pub use headers::IntoHeaders;
pub use html::Html;
pub use no_content::NoContent;
use problem::set_status;
pub use problem::{AnyError, Failure, Problem};
pub(crate) use problem::{LogContext, Raised, chain, failed, faulty, missing, named, problem, rejected, rendered};
pub(crate) use redirect::LinkTarget;
pub use redirect::{IntoTarget, Redirect};
pub(crate) use set_cookie::relax_for_loopback;
pub use set_cookie::{SameSite, SetCookie};
pub use sse::Sse;

/// One HTTP response: the type of the `http` crate with squall's [`Body`].
pub type Response<B = Body> = http::Response<B>;

/// Turns a handler's result into a [`Response`].
///
/// Implement it for types of your own; `Result<T, E>` is a response where both sides are.
///
/// ```
/// use squall::{IntoResponse, Response, http::StatusCode};
///
/// struct Teapot;
///
/// impl IntoResponse for Teapot {
///     fn into_response(self) -> Response {
///         (StatusCode::IM_A_TEAPOT, "short and stout").into_response()
///     }
/// }
///
/// assert_eq!(Teapot.into_response().status(), 418);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a response",
    label = "a handler cannot answer with this",
    note = "answer with text, `Json(value)`, `Html(text)`, a `StatusCode`, a `Response`, or `Result<_, _>` of such types",
    note = "or implement `squall::IntoResponse` for `{Self}`"
)]
pub trait IntoResponse {
    /// The answer.
    fn into_response(self) -> Response;
}

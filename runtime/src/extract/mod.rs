//! Taking what a handler needs out of a request.

mod body;
mod flatten;
mod input;
mod json;
mod multipart;
mod optional;
mod param;
mod rules;
mod state;
mod values;

use std::any::TypeId;

use crate::request::Request;
use crate::response::IntoResponse;

pub use flatten::{Flatten, FromText};
pub use input::{Input, Many, One, Optional};
pub use json::Json;
pub use multipart::{
    FromPart, Multipart, MultipartForm, MultipartRejection, Part, PartInput, PartSlot, UploadDirectory, UploadedFile,
};
pub use multipart::{TakePart, begin_form, strange_part, taken_part};
pub use param::Param;
pub(crate) use rules::wrong_length;
pub use rules::{Measured, Number, Ranged, Text};
pub use state::State;
pub use values::Values;
pub(crate) use values::query_of;

/// An argument of a handler: anything that is not declared as a wire input.
///
/// squall's own extractors and yours are made the same way. `from_request` may be written as `async fn`.
///
/// ```
/// use squall::{FromRequest, Request, http::StatusCode};
///
/// struct ApiKey(String);
///
/// impl FromRequest for ApiKey {
///     type Rejection = StatusCode;
///
///     async fn from_request(request: &mut Request) -> Result<Self, StatusCode> {
///         let key = request.headers().get("x-api-key").ok_or(StatusCode::UNAUTHORIZED)?;
///         key.to_str().map(|key| Self(key.to_owned())).map_err(|_| StatusCode::BAD_REQUEST)
///     }
/// }
/// ```
///
/// # What a rejection does
/// A rejection that is or contains [`Faults`](crate::Faults) joins the faults of the other inputs in one answer.
/// One with status 401 or 403 is sent at once, before any fault is told. Any other is sent when no input has a fault.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken from a request",
    label = "no argument of a handler",
    note = "an argument is `State<T>`, `Json<T>`, `Bytes`, `String`, `Request` or a type with `squall::FromRequest`",
    note = "for a value from the URL, a header or a cookie write `#[query]`, `#[header]` or `#[cookie]` before it, or name it in the path"
)]
pub trait FromRequest: Sized {
    /// The answer when there is nothing to take, or it is not right.
    type Rejection: IntoResponse;

    /// Whether it reads the body. At most one argument of a handler may, and it is read after all others.
    const READS_BODY: bool = false;

    /// Whether it is of no use without a body, so that asking for it in a GET handler is a mistake.
    const EXPECTS_BODY: bool = Self::READS_BODY;

    /// States what must have been provided before the application can start; see [`Needs`].
    fn needs(needs: &mut Needs) {
        let _ = needs;
    }

    /// Takes the value out.
    fn from_request(request: &mut Request) -> impl Future<Output = Result<Self, Self::Rejection>> + Send;

    /// Whether this rejection means "not there" and not "there, but bad": `Option<Self>` is then `None`.
    ///
    /// Unless you say otherwise every rejection does.
    fn is_absent(rejection: &Self::Rejection) -> bool {
        let _ = rejection;
        true
    }
}

/// What an extractor needs from the application: the launch check compares it with what was provided.
///
/// ```
/// use squall::{FromRequest, Needs, Request, State};
///
/// struct Settings { name: String }
/// struct Name(String);
///
/// impl FromRequest for Name {
///     type Rejection = <State<Settings> as FromRequest>::Rejection;
///
///     fn needs(needs: &mut Needs) {
///         State::<Settings>::needs(needs);
///     }
///
///     async fn from_request(request: &mut Request) -> Result<Self, Self::Rejection> {
///         let settings = State::<Settings>::from_request(request).await?;
///         Ok(Self(settings.name.clone()))
///     }
/// }
/// ```
#[derive(Debug, Default)]
pub struct Needs {
    state: Vec<(TypeId, &'static str)>,
}

impl Needs {
    /// A value of type `T` given to `Application::state`.
    pub fn state<T: Send + Sync + 'static>(&mut self) {
        let need = (TypeId::of::<T>(), std::any::type_name::<T>());
        if !self.state.contains(&need) {
            self.state.push(need);
        }
    }

    pub(crate) fn states(&self) -> &[(TypeId, &'static str)] {
        &self.state
    }
}

//! Taking what a handler needs out of a request.

mod body;
mod client_addr;
mod conditions;
mod cookies;
mod encoding;
mod extension;
mod fields;
mod flatten;
mod form;
mod host;
#[cfg(feature = "decompression")]
mod inflate;
mod input;
mod json;
mod last_event_id;
mod list;
mod matched_route;
mod media;
#[cfg(feature = "multipart")]
mod multipart;
mod optional;
mod param;
mod query;
pub mod rejection;
mod rules;
mod state;
mod valid;
mod values;

use std::any::TypeId;

use crate::request::Request;
use crate::response::IntoResponse;

pub(crate) use body::has_body;
pub use client_addr::ClientAddr;
pub use cookies::Cookies;
#[cfg(feature = "client")]
pub(crate) use encoding::{READABLE, undo_coding};
pub use extension::{Extension, MissingExtension};
pub use flatten::{Flatten, FromText};
pub use form::Form;
pub use host::Host;
pub use input::{Input, Many, One, Optional};
pub use json::Json;
pub use last_event_id::LastEventId;
pub use matched_route::{MatchedRoute, NoRoute};
#[cfg(feature = "multipart")]
pub use multipart::{
    FromPart, Multipart, MultipartForm, MultipartRejection, Part, PartInput, PartSlot, UploadDirectory, UploadedFile,
};
#[cfg(feature = "multipart")]
pub use multipart::{TakePart, begin_form, strange_part, taken_part};
pub use param::Param;
pub use query::Query;
pub(crate) use rules::wrong_length;
pub use rules::{Matched, Measured, Number, Pattern, Ranged, Text};
pub use state::State;
pub use valid::{Checkable, Valid, Validate, Violations};
pub use values::Values;

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
pub trait FromRequest: Sized + Send + 'static {
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

    /// A copy for the next argument of the same request that asks for this type: the `#[prepare]` of a scope and the
    /// handler then load a user once. Nothing is kept unless you say so, mostly by `Some(self.clone())`.
    ///
    /// ```standalone_crate
    /// use squall::{Application, FromRequest, Request, StatusCode, handler, testing::TestClient};
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// static LOADED: AtomicU32 = AtomicU32::new(0);
    ///
    /// #[derive(Clone)]
    /// struct User(String);
    ///
    /// impl FromRequest for User {
    ///     type Rejection = StatusCode;
    ///
    ///     async fn from_request(_: &mut Request) -> Result<Self, StatusCode> {
    ///         LOADED.fetch_add(1, Ordering::Relaxed);
    ///         Ok(Self("ann".into()))
    ///     }
    ///
    ///     fn keep(&self) -> Option<Self> { Some(self.clone()) }
    /// }
    ///
    /// #[handler("/")]
    /// struct Home;
    ///
    /// #[handler]
    /// impl Home {
    ///     #[prepare]
    ///     async fn known(&self, user: Option<User>) -> Result<(), StatusCode> {
    ///         user.map(drop).ok_or(StatusCode::UNAUTHORIZED)
    ///     }
    ///
    ///     #[get]
    ///     async fn show(&self, user: User) -> String { user.0 }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new());
    /// assert_eq!(client.get(Home).await?.text()?, "ann");
    /// assert_eq!(LOADED.load(Ordering::Relaxed), 1);
    /// # Ok(()) }
    /// ```
    fn keep(&self) -> Option<Self> {
        None
    }
}

impl Request {
    /// Takes a value out of the request as an argument of a handler does; a value that was kept is given again.
    ///
    /// ```standalone_crate
    /// use squall::middleware::Next;
    /// use squall::{Application, Request, Response, State, get, testing::TestClient};
    ///
    /// async fn greet(mut request: Request, next: Next) -> Response {
    ///     let name = request.extract::<State<String>>().await;
    ///     println!("a request for {}", name.map(|name| name.to_string()).unwrap_or_default());
    ///     next.run(request).await
    /// }
    ///
    /// #[get("/")]
    /// async fn index() -> &'static str { "hello" }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
    /// let client = TestClient::new(Application::new().state("Ann".to_owned()).middleware(greet));
    /// assert_eq!(client.get(index {}).await?.text()?, "hello");
    /// # Ok(()) }
    /// ```
    pub async fn extract<T: FromRequest>(&mut self) -> Result<T, T::Rejection> {
        if let Some(again) = self.kept(T::keep) {
            return Ok(again);
        }
        let value = T::from_request(self).await?;
        if let Some(copy) = value.keep() {
            self.put_by(copy);
        }
        Ok(value)
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
    extensions: Vec<(TypeId, &'static str)>,
}

impl Needs {
    /// A value of type `T` given to `Application::state`.
    pub fn state<T: Send + Sync + 'static>(&mut self) {
        let need = (TypeId::of::<T>(), std::any::type_name::<T>());
        if !self.state.contains(&need) {
            self.state.push(need);
        }
    }

    /// A value of type `T` that a `#[prepare]` or a middleware leaves with the request.
    pub fn extension<T: Send + Sync + 'static>(&mut self) {
        let need = (TypeId::of::<T>(), std::any::type_name::<T>());
        if !self.extensions.contains(&need) {
            self.extensions.push(need);
        }
    }

    pub(crate) fn extensions(&self) -> &[(TypeId, &'static str)] {
        &self.extensions
    }

    pub(crate) fn states(&self) -> &[(TypeId, &'static str)] {
        &self.state
    }
}

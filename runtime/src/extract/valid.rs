//! Values that are read and then checked by rules of their own.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use http::StatusCode;

use crate::extract::{Form, FromRequest, Json, Needs, Query};
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Place, Response, faulty};

/// [`Json`], [`Form`] or [`Query`] whose value keeps the rules of its type; 422 with every rule that it breaks, told
/// together with the faults of the other inputs.
///
/// The rules are an `impl Validate`, or with the feature `garde` a `#[derive(garde::Validate)]`, whose context is its
/// default.
///
/// ```standalone_crate
/// use squall::{Application, Json, Valid, Validate, Violations, post, testing::TestClient};
///
/// #[derive(serde::Deserialize)]
/// struct NewItem {
///     name: String,
///     prices: Vec<i64>,
/// }
///
/// impl Validate for NewItem {
///     fn validate(&self, violations: &mut Violations) {
///         if self.name.is_empty() {
///             violations.add("/name", "must not be empty");
///         }
///         for (number, _) in self.prices.iter().enumerate().filter(|(_, price)| **price < 0) {
///             violations.add(format!("/prices/{number}"), "must not be negative");
///         }
///     }
/// }
///
/// #[post("/items")]
/// async fn create(Valid(Json(item)): Valid<Json<NewItem>>) -> String {
///     item.name
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let wrong = serde_json::json!({ "name": "", "prices": [1, -1] });
/// let answer = client.post("/items").body(Json(wrong)).await?;
/// assert_eq!(answer.status(), 422);
/// assert!(answer.text()?.contains(r#"{"in":"body","pointer":"/prices/1","detail":"must not be negative"}"#));
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Valid<E>(pub E);

impl<E> Deref for Valid<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.0
    }
}

impl<E> DerefMut for Valid<E> {
    fn deref_mut(&mut self) -> &mut E {
        &mut self.0
    }
}

/// The rules of a type, for [`Valid`].
///
/// With the feature `garde` every type with `garde::Validate` has it, so a type implements one of the two.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules to check",
    label = "cannot stand in `Valid<..>`",
    note = "implement `squall::Validate` for it, or derive `garde::Validate` and switch on squall's feature `garde`"
)]
pub trait Validate {
    /// Tells every rule that the value breaks.
    fn validate(&self, violations: &mut Violations);

    /// Every rule that the value breaks, each with its field, for a page that shows the form again with what was typed in:
    /// [`Valid`] answers in the handler's place.
    ///
    /// ```
    /// # use squall::{Form, Validate, Violations};
    /// struct Guest { name: String }
    ///
    /// impl Validate for Guest {
    ///     fn validate(&self, violations: &mut Violations) {
    ///         if self.name.is_empty() {
    ///             violations.add("/name", "must not be empty");
    ///         }
    ///     }
    /// }
    ///
    /// let Form(guest) = Form(Guest { name: String::new() }); // as a handler takes it
    /// let faults = guest.faults();
    /// assert_eq!(faults.iter().map(|fault| &*fault.name).collect::<Vec<_>>(), ["name"]);
    /// assert_eq!(faults.status(), 422);
    /// ```
    fn faults(&self) -> Faults {
        broken(self, Source::Fields)
    }
}

#[cfg(feature = "garde")]
#[diagnostic::do_not_recommend]
impl<T> Validate for T
where
    T: garde::Validate,
    T::Context: Default,
{
    fn validate(&self, violations: &mut Violations) {
        let Err(report) = garde::Validate::validate(self) else { return };
        for (path, error) in report.into_inner() {
            violations.add(pointer_of(&path), error.message().to_owned());
        }
    }
}

/// A path of garde as a JSON pointer. Its steps are public only as what it serialises to: kinds and names.
#[cfg(feature = "garde")]
fn pointer_of(path: &garde::Path) -> String {
    let steps = serde_json::to_value(path).and_then(serde_json::from_value::<Vec<(String, String)>>);
    let named = steps.unwrap_or_default().into_iter().filter(|(kind, _)| kind != "none");
    crate::response::pointer(named.map(|(_, name)| name))
}

fn broken<T: Validate + ?Sized>(value: &T, source: Source) -> Faults {
    let mut violations = Violations { source, faults: Faults::default() };
    value.validate(&mut violations);
    violations.faults
}

/// The rules that a value breaks.
///
/// ```
/// use squall::{Validate, Violations};
///
/// struct Span { from: u32, to: u32 }
///
/// impl Validate for Span {
///     fn validate(&self, violations: &mut Violations) {
///         if self.from > self.to {
///             violations.add("", "must not end before it begins");
///         }
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Violations {
    source: Source,
    faults: Faults,
}

/// What a value is read from, and so how its parts are named.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A body of nested values: by a pointer.
    Tree,
    /// A form: by field and pointer.
    Fields,
    /// The query: by parameter.
    Query,
}

impl Violations {
    /// Adds one, at a JSON pointer (RFC 6901) from the value on: `/items/3/price`, or nothing for the whole. In a query
    /// its first step is the name of the parameter.
    pub fn add(&mut self, pointer: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) {
        let pointer = pointer.into();
        let first = pointer.split('/').nth(1).unwrap_or_default().replace("~1", "/").replace("~0", "~");
        match self.source {
            Source::Tree => self.faults.body_broken(pointer, detail),
            Source::Fields => self.faults.field_at(StatusCode::UNPROCESSABLE_ENTITY, first, pointer, detail.into()),
            Source::Query => self.faults.broken(Place::Query, first, detail),
        }
    }
}

/// An extractor whose value can be checked: `Json`, `Form` and `Query`.
#[diagnostic::on_unimplemented(
    message = "`Valid` does not check a `{Self}`",
    label = "not `Json<T>`, `Form<T>` or `Query<T>`",
    note = "write `Valid<Json<NewItem>>`"
)]
pub trait Checkable {
    /// What is checked.
    type Value;

    /// Where it comes from.
    const SOURCE: Source;

    /// What was read.
    fn value(&self) -> &Self::Value;
}

#[diagnostic::do_not_recommend]
impl<T> Checkable for Json<T> {
    type Value = T;
    const SOURCE: Source = Source::Tree;

    fn value(&self) -> &T {
        &self.0
    }
}

#[diagnostic::do_not_recommend]
impl<T> Checkable for Form<T> {
    type Value = T;
    const SOURCE: Source = Source::Fields;

    fn value(&self) -> &T {
        &self.0
    }
}

#[diagnostic::do_not_recommend]
impl<T> Checkable for Query<T> {
    type Value = T;
    const SOURCE: Source = Source::Query;

    fn value(&self) -> &T {
        &self.0
    }
}

/// Why a value was not taken: it could not be read, or it breaks rules.
#[derive(Debug)]
pub enum ValidRejection<R> {
    /// What the extractor inside says.
    Unread(R),
    /// The rules that it breaks (422).
    Broken(Broken),
}

/// The rules that a value breaks (422), as [`ValidRejection`] carries them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub Faults);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value breaks its rules:")?;
        for (number, fault) in self.0.iter().enumerate() {
            let place = fault.pointer.as_deref().unwrap_or(&fault.name);
            write!(f, "{} {place} {}", if number == 0 { "" } else { "," }, fault.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Broken {}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        let faults = self.0.clone();
        faulty(self, faults)
    }
}

impl<R: fmt::Display> fmt::Display for ValidRejection<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(rejection) => rejection.fmt(f),
            Self::Broken(broken) => broken.fmt(f),
        }
    }
}

impl<R: std::error::Error> std::error::Error for ValidRejection<R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unread(rejection) => rejection.source(),
            Self::Broken(_) => None,
        }
    }
}

impl<R: IntoResponse> IntoResponse for ValidRejection<R> {
    fn into_response(self) -> Response {
        match self {
            Self::Unread(rejection) => rejection.into_response(),
            Self::Broken(broken) => broken.into_response(),
        }
    }
}

impl<E> FromRequest for Valid<E>
where
    E: FromRequest + Checkable,
    E::Value: Validate,
{
    type Rejection = ValidRejection<E::Rejection>;
    const READS_BODY: bool = E::READS_BODY;
    const EXPECTS_BODY: bool = E::EXPECTS_BODY;

    fn needs(needs: &mut Needs) {
        E::needs(needs);
    }

    async fn from_request(request: &mut Request) -> Result<Self, Self::Rejection> {
        let extracted = E::from_request(request).await.map_err(ValidRejection::Unread)?;
        let faults = broken(extracted.value(), E::SOURCE);
        if faults.is_empty() { Ok(Self(extracted)) } else { Err(ValidRejection::Broken(Broken(faults))) }
    }

    fn is_absent(rejection: &Self::Rejection) -> bool {
        matches!(rejection, ValidRejection::Unread(rejection) if E::is_absent(rejection))
    }
}

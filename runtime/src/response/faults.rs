//! What is wrong with the inputs of a request: every fault with its place.

use std::borrow::Cow;
use std::fmt;

use http::StatusCode;
use serde::Serialize;

use crate::response::{IntoResponse, Problem, Raised, Response};

/// Which part of the request an input came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        })
    }
}

/// One input that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    #[serde(skip)]
    pub(crate) status: StatusCode,
    /// Where it came in.
    #[serde(rename = "in")]
    pub place: Place,
    /// The name of the parameter, header field or cookie; empty for a whole body.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: Cow<'static, str>,
    /// What is wrong, in words for the person who sent it.
    pub detail: Cow<'static, str>,
}

/// Every fault of one request. As a response it is one problem document that lists them all:
/// 400 where something is missing or cannot be read, 422 where all was read and something breaks a rule.
///
/// An extractor of your own can return it as its rejection; its faults then stand beside those of the other inputs.
///
/// ```
/// use squall::{Faults, IntoResponse, Place};
///
/// let mut faults = Faults::default();
/// faults.broken(Place::Query, "limit", "must be between 1 and 100");
/// assert_eq!(faults.into_response().status(), 422);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Adds an input that is missing or cannot be read (400).
    pub fn unreadable(
        &mut self,
        place: Place,
        name: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) {
        self.add(StatusCode::BAD_REQUEST, place, name.into(), detail.into());
    }

    /// Adds an input that was read and breaks a rule (422).
    pub fn broken(&mut self, place: Place, name: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) {
        self.add(StatusCode::UNPROCESSABLE_ENTITY, place, name.into(), detail.into());
    }

    pub(crate) fn add(&mut self, status: StatusCode, place: Place, name: Cow<'static, str>, detail: Cow<'static, str>) {
        self.0.push(Fault { status, place, name, detail });
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults in the order in which the inputs were declared.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    pub(crate) fn as_slice(&self) -> &[Fault] {
        &self.0
    }

    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// The status of the answer. Of several, what cannot be read at all outweighs what breaks a rule.
    pub fn status(&self) -> StatusCode {
        let all = |status| self.0.iter().all(|fault| fault.status == status);
        match self.0.first() {
            Some(first) if all(first.status) => first.status,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for Faults {
    fn into_response(self) -> Response {
        Raised::new(Problem::new(self.status()).with_faults(self)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unreadable_input_makes_it_400() {
        let mut faults = Faults::default();
        faults.broken(Place::Query, "limit", "must be at most 100");
        assert_eq!(faults.status(), 422);
        faults.unreadable(Place::Path, "id", "is not a number");
        assert_eq!(faults.status(), 400);
    }

    #[tokio::test]
    async fn has_the_shape_of_rfc_9457() {
        let mut faults = Faults::default();
        faults.broken(Place::Query, "limit", "must be at most 100");
        let body = faults.into_response().into_body().collect(1000).await.expect("a body");
        let want = concat!(
            r#"{"type":"about:blank","title":"Unprocessable Entity","status":422,"#,
            r#""errors":[{"in":"query","name":"limit","detail":"must be at most 100"}]}"#
        );
        assert_eq!(body, want);
    }
}

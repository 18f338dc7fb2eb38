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
    /// Where in the body it stands, as a JSON pointer (RFC 6901); empty for the whole, `None` where that says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<Cow<'static, str>>,
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

    /// Adds a place in the body, as a JSON pointer such as `/items/3/price` (RFC 6901), that is missing or cannot be
    /// read (400).
    pub fn body_unreadable(&mut self, pointer: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) {
        self.point(StatusCode::BAD_REQUEST, pointer.into(), detail.into());
    }

    /// Adds a place in the body, as a JSON pointer such as `/items/3/price` (RFC 6901), that was read and breaks a
    /// rule (422).
    ///
    /// ```
    /// let mut faults = squall::Faults::default();
    /// faults.body_broken("/items/3/price", "must be positive");
    /// assert_eq!(faults.iter().next().expect("a fault").pointer.as_deref(), Some("/items/3/price"));
    /// ```
    pub fn body_broken(&mut self, pointer: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) {
        self.point(StatusCode::UNPROCESSABLE_ENTITY, pointer.into(), detail.into());
    }

    pub(crate) fn add(&mut self, status: StatusCode, place: Place, name: Cow<'static, str>, detail: Cow<'static, str>) {
        self.push(Fault { status, place, name, pointer: None, detail });
    }

    /// Adds a field of a form, which has a name as well as a place in the body.
    pub(crate) fn field(&mut self, status: StatusCode, name: String, detail: Cow<'static, str>) {
        let pointer = if name.is_empty() { String::new() } else { pointer([name.as_str()]) };
        self.field_at(status, name, pointer.into(), detail);
    }

    /// The same with a place inside the field.
    pub(crate) fn field_at(
        &mut self,
        status: StatusCode,
        name: String,
        pointer: Cow<'static, str>,
        detail: Cow<'static, str>,
    ) {
        self.push(Fault { status, place: Place::Body, name: name.into(), pointer: Some(pointer), detail });
    }

    fn point(&mut self, status: StatusCode, pointer: Cow<'static, str>, detail: Cow<'static, str>) {
        self.push(Fault { status, place: Place::Body, name: "".into(), pointer: Some(pointer), detail });
    }

    /// What a client sent may stand in every part of a fault; an answer does not give a megabyte back.
    fn push(&mut self, fault: Fault) {
        let Fault { status, place, name, pointer, detail } = fault;
        self.0.push(Fault {
            status,
            place,
            name: shortened(name),
            pointer: pointer.map(shortened),
            detail: shortened(detail),
        });
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

/// A JSON pointer out of its steps (RFC 6901 section 3).
pub(crate) fn pointer<S: AsRef<str>>(steps: impl IntoIterator<Item = S>) -> String {
    let mut pointer = String::new();
    for step in steps {
        pointer.push('/');
        for character in step.as_ref().chars() {
            match character {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                character => pointer.push(character),
            }
        }
    }
    pointer
}

/// How many bytes of a name, a pointer or a sentence an answer gives back.
const TOLD: usize = 512;

fn shortened(text: Cow<'static, str>) -> Cow<'static, str> {
    if text.len() <= TOLD {
        return text;
    }
    let end = (0..=TOLD).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    format!("{}..", &text[..end]).into()
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
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
    fn what_a_client_sent_is_not_given_back_whole() {
        let mut faults = Faults::default();
        let long = "ü".repeat(1_000_000);
        faults.unreadable(Place::Query, long.clone(), long.clone());
        faults.body_broken(long.clone(), long);
        for fault in faults.iter() {
            let pointer = fault.pointer.as_deref().unwrap_or_default();
            for text in [&*fault.name, &*fault.detail, pointer] {
                assert!(text.is_empty() || (text.len() <= TOLD + 2 && text.ends_with("ü..")), "{}", text.len());
            }
        }
    }

    #[test]
    fn one_unreadable_input_makes_it_400() {
        let mut faults = Faults::default();
        faults.broken(Place::Query, "limit", "must be at most 100");
        assert_eq!(faults.status(), 422);
        faults.unreadable(Place::Path, "id", "is not a number");
        assert_eq!(faults.status(), 400);
    }

    #[test]
    fn pointers_escape_what_separates_them() {
        assert_eq!(pointer(["items", "3", "a/b~c", ""]), "/items/3/a~1b~0c/");
        assert_eq!(pointer([""; 0]), "");
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

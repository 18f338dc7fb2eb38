//! What the derives of `Problem` and `IntoResponse` call.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display};
use std::marker::PhantomData;

use http::header::InvalidHeaderValue;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::response::{IntoResponse, Problem, Raised, Response, chain, failed, set_status};

/// The problem of a declared status.
pub fn declared(status: u16) -> Problem {
    // The macro has looked at the number.
    Problem::new(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
}

/// The problem of an error that is not declared: nothing of it is told.
#[cold]
pub fn undeclared() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What goes to the log: the name of the error, and what it says.
#[cold]
pub fn caused(problem: Problem, name: &'static str, said: Option<String>) -> Problem {
    problem.caused_by(said.map_or_else(|| name.to_owned(), |said| format!("{name}: {said}")))
}

/// Text with the values of fields.
pub fn text(text: fmt::Arguments<'_>) -> String {
    text.to_string()
}

/// One more member of a problem.
pub fn member(problem: Problem, name: &'static str, value: Result<Value, serde_json::Error>) -> Problem {
    match value {
        Ok(value) => problem.with(name, value),
        Err(error) => problem.unsayable(name, &error),
    }
}

/// A header field of a problem, if there is a value.
pub fn problem_header(problem: Problem, name: &'static str, value: Option<FieldValue>) -> Problem {
    match value {
        None => problem,
        Some(Ok(value)) => problem.header(name, value),
        // Told to the log as what cannot be sent.
        Some(Err(_)) => problem.header(name, "\n"),
    }
}

/// A header field of an answer, if there is a value.
pub fn response_header(response: Response, name: &'static str, value: Option<FieldValue>) -> Response {
    let mut response = response;
    let pair = match value {
        None => return response,
        Some(value) => value.map_err(http::Error::from).and_then(|value| Ok((HeaderName::try_from(name)?, value))),
    };
    match pair {
        Ok((name, value)) => {
            response.headers_mut().insert(name, value);
            response
        }
        Err(error) => failed("a response has a header field that cannot be sent", error),
    }
}

/// The answer of a declared status that has no body.
pub fn bare(status: u16) -> Response {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// An answer under a declared status.
pub fn with_status(response: Response, status: u16) -> Response {
    let mut response = response;
    if let Ok(status) = StatusCode::from_u16(status) {
        set_status(&mut response, status);
    }
    response
}

/// A value that is an error as well as the problem made of it: it travels along where it can.
#[derive(Debug)]
pub struct Kept<T>(PhantomData<T>);

impl<T: Send + Sync + 'static> Kept<T> {
    /// The answer.
    pub fn raise(value: T, problem: Problem) -> Response {
        Raised::new(problem).with_value(value).into_response()
    }
}

/// What [`Kept`] does with a value that cannot travel between threads.
pub trait NotKept {
    /// The type of the value.
    type Value;

    /// The answer.
    fn raise(_: Self::Value, problem: Problem) -> Response {
        problem.into_response()
    }
}

impl<T> NotKept for Kept<T> {
    type Value = T;
}

/// What an error says for the log, by whatever it can say: called on as many references as there are traits, it takes
/// the first that holds.
#[derive(Debug)]
pub struct Told<'a, T>(pub &'a T);

macro_rules! told {
    ($($(#[$doc:meta])* $trait:ident ($($bound:tt)*) for $reference:ty: $tell:expr;)*) => {$(
        $(#[$doc])*
        pub trait $trait {
            /// What it says.
            fn told(&self) -> Option<String>;
        }

        impl<T $($bound)*> $trait for $reference {
            fn told(&self) -> Option<String> {
                let tell: fn(&T) -> Option<String> = $tell;
                tell(self.0)
            }
        }
    )*};
}

told! {
    /// By its text and that of the errors behind it.
    ToldByError (: StdError + 'static) for &&&&Told<'_, T>: |value| Some(chain(value));
    /// By the error inside of it.
    ToldByInside (: AsRef<dyn StdError + Send + Sync>) for &&&Told<'_, T>: |value| Some(chain(value.as_ref()));
    /// By its text.
    ToldByDisplay (: Display) for &&Told<'_, T>: |value| Some(value.to_string());
    /// By its shape.
    ToldByDebug (: Debug) for &Told<'_, T>: |value| Some(format!("{value:?}"));
    /// Not at all.
    NotTold () for Told<'_, T>: |_| None;
}

/// What a field with `member` gives: any value that serde writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a problem",
    label = "cannot be written as JSON",
    note = "derive `serde::Serialize` for `{Self}`"
)]
pub trait Member {
    /// The value.
    fn value(&self) -> Result<Value, serde_json::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Member for T {
    fn value(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }
}

/// The value of a header field, or why it is none.
pub type FieldValue = Result<HeaderValue, InvalidHeaderValue>;

/// What a field with `header = ".."` gives: `Display` is written, a `HeaderValue` stands as it is, and `None` leaves the
/// header field out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a header field",
    label = "has no text",
    note = "write text, a number or a `HeaderValue`, or implement `std::fmt::Display` for it; `None` leaves the field out"
)]
pub trait HeaderField<M> {
    /// The value, if there is one; text that HTTP does not allow is an error.
    fn value(&self) -> Option<FieldValue>;
}

/// Marks what is written by `Display`.
#[derive(Debug)]
pub struct Written;

/// Marks what is a value already.
#[derive(Debug)]
pub struct Ready;

/// Marks what may be left out.
#[derive(Debug)]
pub struct Perhaps<M>(PhantomData<M>);

#[diagnostic::do_not_recommend]
impl<T: Display> HeaderField<Written> for T {
    fn value(&self) -> Option<FieldValue> {
        Some(HeaderValue::try_from(self.to_string()))
    }
}

#[diagnostic::do_not_recommend]
impl HeaderField<Ready> for HeaderValue {
    fn value(&self) -> Option<FieldValue> {
        Some(Ok(self.clone()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: HeaderField<M>, M> HeaderField<Perhaps<M>> for Option<T> {
    fn value(&self) -> Option<FieldValue> {
        self.as_ref()?.value()
    }
}

/// The problems that a type of errors answers with, for a description of the application.
pub trait Problems {
    /// They, in the order of their declaration.
    const PROBLEMS: &'static [ProblemRecord];
}

/// One problem of a type of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemRecord {
    /// It is declared.
    Declared {
        /// The status.
        status: u16,
        /// The member `type`, where it is declared.
        kind: Option<&'static str>,
        /// The title, where it is declared.
        title: Option<&'static str>,
    },
    /// The problems of an error that is answered as it answers itself.
    Of(&'static [ProblemRecord]),
}

/// Asks a type for its problems without demanding that it has any.
#[derive(Debug)]
pub struct ProblemsOf<T>(PhantomData<T>);

impl<T: Problems> ProblemsOf<T> {
    /// Its problems.
    pub const PROBLEMS: &'static [ProblemRecord] = T::PROBLEMS;
}

/// The answer of [`ProblemsOf`] for a type that declares none.
pub trait NoProblems {
    /// None.
    const PROBLEMS: &'static [ProblemRecord] = &[];
}

impl<T> NoProblems for ProblemsOf<T> {}

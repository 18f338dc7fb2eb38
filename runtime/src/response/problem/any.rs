//! Any error by `?`: 500, and the cause in the log.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::error::Error;
use crate::response::{IntoResponse, Problem, Response};

/// Any error at all, so that a handler can use `?` on whatever fails: the answer is a bare 500, and the error goes to
/// the log with the id of the request.
///
/// A [`Problem`] and a [`squall::Error`](Error) keep the status they have. Where a client should learn what went wrong,
/// derive [`Problem`](macro@crate::Problem) for an enum of the errors instead.
///
/// It is no [`std::error::Error`] itself: that is the price of `?` on all of them.
///
/// ```standalone_crate
/// use squall::{AnyError, get, handler};
///
/// #[get("/motd")]
/// async fn motd() -> Result<String, AnyError> {
///     let text = std::fs::read_to_string("motd.txt")?;
///     let lines: usize = text.lines().next().unwrap_or("0").parse()?;
///     Ok(format!("{lines} lines"))
/// }
/// # fn main() {}
/// ```
pub struct AnyError(Kind);

enum Kind {
    Problem(Problem),
    Ours(Error),
    Other(Box<dyn StdError + Send + Sync>),
}

impl<E: StdError + Send + Sync + 'static> From<E> for AnyError {
    fn from(error: E) -> Self {
        let mut error = Some(error);
        let any: &mut dyn Any = &mut error;
        if let Some(problem) = any.downcast_mut::<Option<Problem>>().and_then(Option::take) {
            return Self(Kind::Problem(problem));
        }
        if let Some(error) = any.downcast_mut::<Option<Error>>().and_then(Option::take) {
            return Self(Kind::Ours(error));
        }
        Self(Kind::Other(Box::new(error.expect("it was not taken"))))
    }
}

impl AnyError {
    /// An error that is in a box already, or only a text.
    ///
    /// ```
    /// let error = squall::AnyError::new("the moon is in the wrong phase");
    /// assert_eq!(error.to_string(), "the moon is in the wrong phase");
    /// ```
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Kind::Other(error.into()))
    }

    fn inner(&self) -> &(dyn StdError + 'static) {
        match &self.0 {
            Kind::Problem(problem) => problem,
            Kind::Ours(error) => error,
            Kind::Other(error) => &**error,
        }
    }
}

impl IntoResponse for AnyError {
    fn into_response(self) -> Response {
        match self.0 {
            Kind::Problem(problem) => problem.into_response(),
            Kind::Ours(error) => error.into_response(),
            Kind::Other(error) => Problem::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by(error).into_response(),
        }
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.inner(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<u8, AnyError> {
        match text {
            "gone" => Err(Problem::new(StatusCode::GONE))?,
            "large" => Err(Error::too_large(1))?,
            text => Ok(text.parse()?),
        }
    }

    #[test]
    fn is_500_unless_it_knows_better() {
        assert_eq!(read("7").ok(), Some(7));
        for (text, status) in [("gone", 410), ("large", 413), ("x", 500)] {
            let response = read(text).expect_err("an error").into_response();
            assert_eq!(response.status(), status, "{text}");
        }
    }
}

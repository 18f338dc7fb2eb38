//! What came back, read to its end.

use std::marker::PhantomData;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::extract::Json;
use crate::response::{Conditional, Created, Response};

/// The answer to one request; `O` is the result type of the verb that gave it.
pub struct Answer<O> {
    head: Parts,
    body: Bytes,
    answers: PhantomData<fn() -> O>,
}

/// A result type that carries JSON: `Json<T>`, also inside `Result`, `Option` and tuples with a status.
#[diagnostic::on_unimplemented(
    message = "the verb does not answer with JSON: its result is `{Self}`",
    label = "not `Json<T>`",
    note = "read it with `.text()`, `.bytes()` or `.json_as::<T>()`"
)]
pub trait AnswersJson {
    /// What is inside.
    type Value;
}

impl<T> AnswersJson for Json<T> {
    type Value = T;
}

impl<T: AnswersJson, E> AnswersJson for Result<T, E> {
    type Value = T::Value;
}

impl<T: AnswersJson> AnswersJson for Option<T> {
    type Value = T::Value;
}

impl<T: AnswersJson> AnswersJson for (StatusCode, T) {
    type Value = T::Value;
}

impl<H, T: AnswersJson> AnswersJson for (StatusCode, H, T) {
    type Value = T::Value;
}

impl<T: AnswersJson> AnswersJson for Created<T> {
    type Value = T::Value;
}

impl<T: AnswersJson> AnswersJson for Conditional<T> {
    type Value = T::Value;
}

impl<O> Answer<O> {
    pub(super) async fn read(response: Response, limit: usize) -> Result<Self> {
        let (head, body) = response.into_parts();
        let body = body.collect(limit).await.map_err(Error::in_answer)?;
        Ok(Self { head, body, answers: PhantomData })
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The header fields.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The text of a header field; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text.
    pub fn text(&self) -> Result<&str> {
        std::str::from_utf8(&self.body).map_err(|error| Error::answer_caused_by("the answer is not UTF-8", error))
    }

    /// The body as JSON of the verb's own type.
    ///
    /// # Errors
    /// [`Error::is_answer`] when the status is no success, or the JSON is of another shape.
    pub fn json(&self) -> Result<O::Value>
    where
        O: AnswersJson,
        O::Value: DeserializeOwned,
    {
        if !self.status().is_success() {
            let text = String::from_utf8_lossy(&self.body);
            return Err(Error::answer(format!("the answer is {}: {text}", self.status())));
        }
        self.json_as()
    }

    /// The body as JSON of any type, whatever the status is.
    pub fn json_as<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let text = String::from_utf8_lossy(&self.body);
            Error::answer_caused_by(format!("the answer is no JSON of this shape ({error}): {text}"), error)
        })
    }
}

impl<O> std::fmt::Debug for Answer<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.head.status)
            .field("headers", &self.head.headers)
            .field("body", &String::from_utf8_lossy(&self.body))
            .finish()
    }
}

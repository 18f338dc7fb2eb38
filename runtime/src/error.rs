//! The one error type: opaque, a word in size, asked by `is_*` questions.

use std::fmt;

use http::StatusCode;

/// What squall returns where something can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// A failure of squall itself: listening, reading a body, building a link, launching.
///
/// The text is for logs and for developers. As an answer it is only a status and its standard title:
/// what happened inside never reaches the client.
///
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let error = squall::Body::from("four").collect(3).await.unwrap_err();
/// assert!(error.is_too_large());
/// assert_eq!(error.status(), squall::http::StatusCode::PAYLOAD_TOO_LARGE);
/// # });
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    text: String,
    source: Option<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Body,
    TooLarge,
    Link,
    Launch,
    Listen,
    Answer,
    Other,
}

impl Error {
    fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, text: text.into(), source: None }))
    }

    fn caused_by(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn body(source: impl Into<Source>) -> Self {
        Self::new(Kind::Body, "the body could not be read").caused_by(source)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(Kind::TooLarge, format!("the body is larger than {limit} bytes"))
    }

    pub(crate) fn link(text: impl Into<String>) -> Self {
        Self::new(Kind::Link, text)
    }

    pub(crate) fn launch(report: impl Into<String>) -> Self {
        Self::new(Kind::Launch, report)
    }

    pub(crate) fn listen(text: impl Into<String>, source: std::io::Error) -> Self {
        Self::new(Kind::Listen, text).caused_by(source)
    }

    pub(crate) fn address(text: impl Into<String>) -> Self {
        Self::new(Kind::Listen, text)
    }

    pub(crate) fn answer(text: impl Into<String>) -> Self {
        Self::new(Kind::Answer, text)
    }

    pub(crate) fn answer_caused_by(text: impl Into<String>, source: impl Into<Source>) -> Self {
        Self::new(Kind::Answer, text).caused_by(source)
    }

    /// An error that came from elsewhere, for `.map_err(squall::Error::other)?` where squall's own may fail, too.
    /// As an answer it is a bare 500, and the log has the error.
    ///
    /// ```
    /// fn number(text: &str) -> squall::Result<u8> {
    ///     text.parse().map_err(squall::Error::other)
    /// }
    /// assert_eq!(number("x").unwrap_err().to_string(), "invalid digit found in string");
    /// ```
    pub fn other(source: impl Into<Source>) -> Self {
        let source = source.into();
        Self::new(Kind::Other, source.to_string()).caused_by(source)
    }

    /// Whether a body went on past its limit.
    pub fn is_too_large(&self) -> bool {
        self.0.kind == Kind::TooLarge
    }

    /// Whether a body broke off or was malformed on the wire; mostly the peer has gone.
    pub fn is_body(&self) -> bool {
        self.0.kind == Kind::Body
    }

    /// Whether a value cannot stand in a link, a header or a cookie.
    pub fn is_link(&self) -> bool {
        self.0.kind == Kind::Link
    }

    /// Whether the launch check refused the application; [`Display`](fmt::Display) is then the whole report.
    pub fn is_launch(&self) -> bool {
        self.0.kind == Kind::Launch
    }

    /// Whether the address is wrong, or could not be bound or listened on.
    pub fn is_listen(&self) -> bool {
        self.0.kind == Kind::Listen
    }

    /// Whether an answer was not what the client expected: another status, or a body of another form.
    pub fn is_answer(&self) -> bool {
        self.0.kind == Kind::Answer
    }

    /// The status that a handler answers with when it returns this error: 413, 400 or 500.
    pub fn status(&self) -> StatusCode {
        match self.0.kind {
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Body => StatusCode::BAD_REQUEST,
            Kind::Link | Kind::Launch | Kind::Listen | Kind::Answer | Kind::Other => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.kind == Kind::Launch {
            // `fn main() -> Result<..>` prints Debug: the report must stay readable there.
            return f.write_str(&self.0.text);
        }
        let mut debug = f.debug_tuple("Error");
        debug.field(&self.0.kind).field(&self.0.text);
        if let Some(source) = &self.0.source {
            debug.field(source);
        }
        debug.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_word() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn keeps_its_source() {
        let error = Error::listen("no port", std::io::Error::other("in use"));
        assert!(error.is_listen());
        assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("in use"));
    }
}

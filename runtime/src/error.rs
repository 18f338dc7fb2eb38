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
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let error = squall::Body::from("four").collect(3).await.unwrap_err();
/// assert!(error.is_too_large());
/// assert_eq!(error.status(), squall::http::StatusCode::PAYLOAD_TOO_LARGE);
/// # Ok(()) }
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
    Service,
    Start,
    AnswerBroken,
    AnswerTooLarge,
    Connect,
    Timeout,
    NoFile,
    ClosedFile,
    File,
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

    pub(crate) fn too_large_because(source: impl Into<Source>) -> Self {
        Self::new(Kind::TooLarge, "the body is too large").caused_by(source)
    }

    #[cfg(feature = "multipart")]
    pub(crate) fn file(text: impl Into<String>, source: impl Into<Source>) -> Self {
        Self::new(Kind::File, text).caused_by(source)
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

    pub(crate) fn service(source: impl Into<Source>) -> Self {
        Self::new(Kind::Service, "a service failed").caused_by(source)
    }

    pub(crate) fn start(text: impl Into<String>) -> Self {
        Self::new(Kind::Start, text)
    }

    /// Whether a hook of the start failed, or took too long.
    pub fn is_start(&self) -> bool {
        self.0.kind == Kind::Start
    }

    #[cfg(feature = "client")]
    pub(crate) fn answer_broken(text: impl Into<String>, source: impl Into<Source>) -> Self {
        Self::new(Kind::AnswerBroken, text).caused_by(source)
    }

    #[cfg(feature = "client")]
    pub(crate) fn connect(text: impl Into<String>, source: impl Into<Source>) -> Self {
        Self::new(Kind::Connect, text).caused_by(source)
    }

    pub(crate) fn timeout(after: std::time::Duration) -> Self {
        Self::new(Kind::Timeout, format!("the call was not done after {after:?}"))
    }

    /// The same of a body that was to be read from an answer: its fault is not that of a request.
    pub(crate) fn in_answer(mut self) -> Self {
        self.0.kind = match self.0.kind {
            Kind::Body => Kind::AnswerBroken,
            Kind::TooLarge => Kind::AnswerTooLarge,
            kind => kind,
        };
        self
    }

    /// A file that cannot be sent; `absent` where it is none, or not there.
    pub(crate) fn opening(text: impl Into<String>, absent: bool, source: std::io::Error) -> Self {
        let kind = match source.kind() {
            _ if absent => Kind::NoFile,
            std::io::ErrorKind::PermissionDenied => Kind::ClosedFile,
            _ => Kind::File,
        };
        Self::new(kind, text).caused_by(source)
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
        matches!(self.0.kind, Kind::TooLarge | Kind::AnswerTooLarge)
    }

    /// Whether a body broke off or was malformed on the wire; mostly the peer has gone.
    pub fn is_body(&self) -> bool {
        matches!(self.0.kind, Kind::Body | Kind::AnswerBroken)
    }

    /// Whether a value cannot stand in a link, a header, a cookie, an entity tag or an event.
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

    /// Whether an answer was not what the client expected: another status, a body of another form, one that is too large
    /// or breaks off, or no answer at all on a connection that was open.
    pub fn is_answer(&self) -> bool {
        matches!(self.0.kind, Kind::Answer | Kind::AnswerBroken | Kind::AnswerTooLarge)
    }

    /// Whether a client could not connect: nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.0.kind == Kind::Connect
    }

    /// Whether a call was given up because it took too long; whether it had an effect is then unknown.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout
    }

    /// Whether a file is not there, or is no regular file.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == Kind::NoFile
    }

    /// Whether a file could not be read or written, or may not be; the cause is the [source](std::error::Error::source).
    pub fn is_file(&self) -> bool {
        matches!(self.0.kind, Kind::File | Kind::ClosedFile)
    }

    /// The status that a handler answers with when it returns this error: 400, 403, 404, 413 or 500, and 502 or 504 when another
    /// server that it called failed (RFC 9110 section 15.6).
    pub fn status(&self) -> StatusCode {
        match self.0.kind {
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Body => StatusCode::BAD_REQUEST,
            Kind::NoFile => StatusCode::NOT_FOUND,
            Kind::ClosedFile => StatusCode::FORBIDDEN,
            Kind::Link | Kind::Launch | Kind::Listen | Kind::Service | Kind::Start | Kind::File | Kind::Other => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Kind::Answer | Kind::AnswerBroken | Kind::AnswerTooLarge | Kind::Connect => StatusCode::BAD_GATEWAY,
            Kind::Timeout => StatusCode::GATEWAY_TIMEOUT,
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

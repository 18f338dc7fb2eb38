//! One problem document (RFC 9457), as a value.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{StatusCode, header};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::body::Body;
use crate::response::problem::Raised;
use crate::response::{Faults, IntoResponse, Response};

type Text = Cow<'static, str>;

/// What went wrong, as an error of a handler is told to a client: one problem document of RFC 9457.
///
/// As a response it is `application/problem+json`; the application sends a page to a browser that asks for HTML, and lines
/// to a client that asks for `text/plain`. Everything in it is sent, except what [`caused_by`](Self::caused_by) holds (its
/// [`source`](StdError::source)): that goes to the log, once, with the id of the request.
///
/// A document that cannot be sent as it is told (a status below 400, a name that is reserved, a header field that HTTP
/// does not allow) is sent as 500, and the log says why.
///
/// For an enum of errors there is the derive of the same name.
///
/// ```
/// use squall::{IntoResponse, Problem, StatusCode};
///
/// let problem = Problem::new(StatusCode::FORBIDDEN)
///     .kind("https://shop.example/problems/out-of-credit")
///     .title("You do not have enough credit")
///     .detail("Your balance is 30, and that costs 50")
///     .with("balance", 30);
/// assert_eq!(
///     serde_json::to_value(&problem).expect("a problem is JSON"),
///     serde_json::json!({
///         "type": "https://shop.example/problems/out-of-credit",
///         "title": "You do not have enough credit",
///         "status": 403,
///         "detail": "Your balance is 30, and that costs 50",
///         "balance": 30,
///     })
/// );
/// assert_eq!(problem.into_response().headers()["content-type"], "application/problem+json");
/// ```
#[derive(Clone)]
pub struct Problem(Box<Inner>);

#[derive(Clone)]
struct Inner {
    status: StatusCode,
    kind: Text,
    title: Option<Text>,
    detail: Option<Text>,
    instance: Option<Text>,
    members: Vec<(Text, Value)>,
    faults: Option<Faults>,
    headers: HeaderMap,
    cause: Option<Arc<dyn StdError + Send + Sync>>,
    /// Why it cannot be sent as it is.
    wrong: Option<String>,
}

/// The members that RFC 9457 section 3.1 defines.
pub(crate) const RESERVED: [&str; 5] = ["type", "title", "status", "detail", "instance"];

/// The member that lists [`Faults`].
const FAULTS: &str = "errors";

impl Problem {
    /// A problem of this status, 400 to 599, that says nothing more.
    pub fn new(status: StatusCode) -> Self {
        let wrong = (status.as_u16() < 400).then(|| format!("{} is no status of a failure", status.as_u16()));
        Self(Box::new(Inner {
            status,
            kind: Text::Borrowed("about:blank"),
            title: None,
            detail: None,
            instance: None,
            members: Vec::new(),
            faults: None,
            headers: HeaderMap::new(),
            cause: None,
            wrong,
        }))
    }

    /// What kind of problem it is: an address that documents it, and by which clients tell it from others (`type`).
    ///
    /// Without it the kind is `about:blank`, and the problem means what its status means.
    pub fn kind(mut self, uri: impl Into<Text>) -> Self {
        self.0.kind = uri.into();
        self
    }

    /// A few words about this kind of problem, the same every time. Without it: the standard words of the status.
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.0.title = Some(title.into());
        self
    }

    /// What went wrong this time, for the person who sent the request.
    pub fn detail(mut self, detail: impl Into<Text>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// An address that names this one occurrence.
    pub fn instance(mut self, uri: impl Into<Text>) -> Self {
        self.0.instance = Some(uri.into());
        self
    }

    /// One more member of the document, for programs to read (RFC 9457 section 3.2). Told twice, the second counts.
    ///
    /// The names `type`, `title`, `status`, `detail` and `instance` are reserved.
    pub fn with(mut self, name: impl Into<Text>, value: impl Serialize) -> Self {
        let name = name.into();
        if RESERVED.contains(&name.as_ref()) {
            return self.wrong(format!("a member of a problem cannot be named `{name}`"));
        }
        match serde_json::to_value(value) {
            Ok(value) => {
                if name == FAULTS {
                    self.0.faults = None;
                }
                self.0.members.retain(|(known, _)| *known != name);
                self.0.members.push((name, value));
                self
            }
            Err(error) => self.unsayable(&name, &error),
        }
    }

    pub(crate) fn unsayable(self, name: &str, error: &serde_json::Error) -> Self {
        self.wrong(format!("the member `{name}` of a problem cannot be written as JSON: {error}"))
    }

    /// What is behind it: logged once, with the id of the request, and never sent.
    pub fn caused_by(mut self, error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.cause = Some(Arc::from(error.into()));
        self
    }

    /// A header field of the answer, such as `retry-after` or `www-authenticate`; it replaces one of that name.
    pub fn header<K, V>(mut self, name: K, value: V) -> Self
    where
        K: TryInto<HeaderName>,
        K::Error: Into<http::Error>,
        V: TryInto<HeaderValue>,
        V::Error: Into<http::Error>,
    {
        let pair =
            name.try_into().map_err(Into::into).and_then(|name| Ok((name, value.try_into().map_err(Into::into)?)));
        match pair {
            Ok((name, value)) => {
                self.0.headers.insert(name, value);
                self
            }
            Err(error) => self.wrong(format!("a header field of a problem cannot be sent: {error}")),
        }
    }

    pub(crate) fn with_faults(mut self, faults: Faults) -> Self {
        self.0.faults = Some(faults);
        self
    }

    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    pub(super) fn caused_by_shared(mut self, error: Arc<dyn StdError + Send + Sync>) -> Self {
        self.0.cause = Some(error);
        self
    }

    fn wrong(mut self, why: String) -> Self {
        self.0.wrong.get_or_insert(why);
        self
    }

    /// The problem that is sent: this one, or 500 where it cannot be.
    pub(super) fn checked(mut self) -> Self {
        match self.0.wrong.take() {
            None => self,
            Some(why) => Self::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by(why),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What [`kind`](Self::kind) says: the member `type`.
    pub fn type_uri(&self) -> &str {
        &self.0.kind
    }

    /// The title that is sent.
    pub fn title_text(&self) -> &str {
        let standard = || self.0.status.canonical_reason().unwrap_or("Unknown");
        self.0.title.as_deref().unwrap_or_else(standard)
    }

    /// What [`detail`](Self::detail) says.
    pub fn detail_text(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// What [`instance`](Self::instance) says.
    pub fn instance_uri(&self) -> Option<&str> {
        self.0.instance.as_deref()
    }

    /// The members beside those that RFC 9457 defines, in the order in which they were told.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.members.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The header fields of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn faults(&self) -> Option<&Faults> {
        self.0.faults.as_ref()
    }

    /// The answer in its first form, which the application may change for the client.
    pub(super) fn to_response(&self) -> Response {
        let mut response = Response::new(self.to_json());
        *response.status_mut() = self.status();
        response.headers_mut().extend(self.0.headers.clone());
        response.headers_mut().insert(header::CONTENT_TYPE, super::PROBLEM_JSON);
        response
    }

    pub(super) fn to_json(&self) -> Body {
        // Text and values of JSON: they can always be written.
        serde_json::to_vec(self).unwrap_or_default().into()
    }
}

/// The document as it is sent.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.0.kind)?;
        map.serialize_entry("title", self.title_text())?;
        map.serialize_entry("status", &self.0.status.as_u16())?;
        for (name, text) in [("detail", &self.0.detail), ("instance", &self.0.instance)] {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        for (name, value) in &self.0.members {
            map.serialize_entry(name, value)?;
        }
        if let Some(faults) = &self.0.faults {
            map.serialize_entry(FAULTS, faults.as_slice())?;
        }
        map.end()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        Raised::new(self).into_response()
    }
}

/// Status, title and detail.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status().as_u16(), self.title_text())?;
        self.detail_text().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { status, kind, title, detail, instance, members, faults, headers, cause, wrong } = &*self.0;
        let mut debug = f.debug_struct("Problem");
        debug.field("status", status).field("kind", kind).field("title", title).field("detail", detail);
        debug.field("instance", instance).field("members", members).field("faults", faults);
        debug.field("headers", headers).field("cause", cause).field("wrong", wrong).finish()
    }
}

impl StdError for Problem {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(problem: &Problem) -> String {
        serde_json::to_string(problem).expect("JSON")
    }

    #[test]
    fn says_no_more_than_it_was_told() {
        let problem = Problem::new(StatusCode::NOT_FOUND);
        assert_eq!(text(&problem), r#"{"type":"about:blank","title":"Not Found","status":404}"#);
        assert_eq!(problem.to_string(), "404 Not Found");
        let unknown = Problem::new(StatusCode::from_u16(435).expect("a status"));
        assert_eq!(text(&unknown), r#"{"type":"about:blank","title":"Unknown","status":435}"#);
        let detailed = problem.detail("no item 7").with("id", 7).with("b", "x").with("id", 8);
        let want = r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"no item 7","b":"x","id":8}"#;
        assert_eq!(text(&detailed), want);
        assert_eq!(detailed.to_string(), "404 Not Found: no item 7");
    }

    #[test]
    fn what_cannot_be_sent_is_500_with_a_cause() {
        let fresh = || Problem::new(StatusCode::CONFLICT).detail("internal");
        for (problem, why) in [
            (Problem::new(StatusCode::OK), "200 is no status of a failure"),
            (fresh().with("status", 200), "a member of a problem cannot be named `status`"),
            (fresh().header("x-name", "a\r\nset-cookie: b"), "failed to parse header value"),
            (fresh().header("x name", "a"), "invalid HTTP header name"),
            (fresh().with("map", std::collections::HashMap::from([((1, 2), 3)])), "key must be a string"),
        ] {
            let problem = problem.checked();
            assert_eq!(text(&problem), r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#);
            let cause = problem.source().expect("a cause").to_string();
            assert!(cause.contains(why), "{cause}");
            assert!(problem.headers().is_empty());
        }
    }

    #[test]
    fn keeps_its_cause_to_itself() {
        let problem = Problem::new(StatusCode::BAD_GATEWAY).caused_by(std::io::Error::other("password=hunter2"));
        assert!(!text(&problem).contains("hunter2") && !problem.to_string().contains("hunter2"));
        assert_eq!(StdError::source(&problem).map(ToString::to_string).as_deref(), Some("password=hunter2"));
    }
}

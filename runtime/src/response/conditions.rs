//! What a request demands of the version it gets: `If-Match` and its kin (RFC 9110 section 13).

use std::fmt;
use std::time::SystemTime;

use http::header::{
    HeaderName, HeaderValue, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE,
};
use http::{HeaderMap, Method, StatusCode};

use crate::response::conditional::Conditional;
use crate::response::etag::{ETag, Tags};
use crate::response::{IntoResponse, Response, rejected};

/// The conditions of a request, and the range it asks for.
///
/// As an argument of a handler it turns an answer into `304 Not Modified`, `412 Precondition Failed`, or, for a
/// [`File`](crate::File), a part of it:
///
/// ```standalone_crate
/// use squall::{Application, Conditional, Conditions, File, get, testing::TestClient};
///
/// #[get("/manual")]
/// async fn manual(conditions: Conditions) -> squall::Result<Conditional<File>> {
///     Ok(conditions.answer(File::open("Cargo.toml").await?))
/// }
///
/// #[get("/motto")]
/// async fn motto(conditions: Conditions) -> Conditional<&'static str> {
///     conditions.answer("ever onwards")
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let first = client.get(motto {}).await?;
/// let again = client.get(motto {}).header("if-none-match", first.header("etag")).await?;
/// assert_eq!(again.status(), 304);
/// # Ok(()) }
/// ```
///
/// A verb that changes something asks before it does: see [`Conditions::check`].
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    method: Method,
    if_match: Option<Tags>,
    if_none_match: Option<Tags>,
    if_modified_since: Option<SystemTime>,
    if_unmodified_since: Option<SystemTime>,
    if_range: Option<IfRange>,
    range: Option<HeaderValue>,
}

#[derive(Clone, Debug)]
enum IfRange {
    Tag(ETag),
    Date(SystemTime),
    /// What can be read as neither matches nothing.
    Unreadable,
}

/// What the conditions make of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is sent; a range of it where one is asked for.
    Proceed,
    /// It is sent whole, whatever range is asked for.
    ProceedWhole,
    /// 304.
    NotModified,
    /// 412.
    Failed,
}

/// A condition of the request does not hold: 412 (RFC 9110 section 15.5.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreconditionFailed;

impl fmt::Display for PreconditionFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the resource has another version than the request demands")
    }
}

impl std::error::Error for PreconditionFailed {}

impl IntoResponse for PreconditionFailed {
    fn into_response(self) -> Response {
        rejected(self, StatusCode::PRECONDITION_FAILED, "the resource has another version than the request demands")
    }
}

impl Conditions {
    /// Reads them from a request. A date that is none is as good as not there (RFC 9110 section 13.1).
    pub fn of(method: &Method, headers: &HeaderMap) -> Self {
        Self {
            method: method.clone(),
            if_match: tags(headers, &IF_MATCH),
            if_none_match: tags(headers, &IF_NONE_MATCH),
            if_modified_since: single(headers, &IF_MODIFIED_SINCE).and_then(date),
            if_unmodified_since: single(headers, &IF_UNMODIFIED_SINCE).and_then(date),
            if_range: headers.contains_key(IF_RANGE).then(|| if_range(single(headers, &IF_RANGE))),
            range: single(headers, &RANGE).cloned(),
        }
    }

    /// Judges an answer when it is sent: 304 or 412 instead of it, or a part of a [`File`](crate::File).
    ///
    /// An answer of status 200 to GET or HEAD is judged, by its `ETag` and `Last-Modified`. One that has neither, and
    /// whose body is at hand, gets the tag of its bytes.
    pub fn answer<T: IntoResponse>(self, value: T) -> Conditional<T> {
        Conditional::new(self, value)
    }

    /// Judges a change before it is made: whether the version that is there is the one the client means.
    ///
    /// `current` and `modified` tell the version; both `None` say that there is nothing yet, which is what
    /// `If-None-Match: *` demands.
    ///
    /// ```
    /// use squall::{Conditions, ETag, HeaderMap, Method, http};
    ///
    /// let headers = HeaderMap::from_iter([(http::header::IF_MATCH, http::HeaderValue::from_static("\"v1\""))]);
    /// let conditions = Conditions::of(&Method::PUT, &headers);
    /// assert!(conditions.check(Some(&ETag::strong("v1")?), None).is_ok());
    /// assert!(conditions.check(Some(&ETag::strong("v2")?), None).is_err());
    /// # Ok::<(), squall::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`PreconditionFailed`] where a condition does not hold.
    pub fn check(&self, current: Option<&ETag>, modified: Option<SystemTime>) -> Result<(), PreconditionFailed> {
        let exists = current.is_some() || modified.is_some();
        if !self.allow_change(current, modified, exists) || self.is_none_match(current, exists) == Some(false) {
            return Err(PreconditionFailed);
        }
        Ok(())
    }

    /// Whether `If-Match`, or `If-Unmodified-Since` where the first is missing, holds: steps 1 and 2 of section 13.2.2.
    fn allow_change(&self, current: Option<&ETag>, modified: Option<SystemTime>, exists: bool) -> bool {
        match (&self.if_match, self.if_unmodified_since, modified) {
            (Some(tags), ..) => exists && tags.match_strongly(current),
            (None, Some(since), Some(modified)) => seconds(modified) <= seconds(since),
            (None, ..) => true,
        }
    }

    /// Whether `If-None-Match` holds; `None` where it is missing.
    fn is_none_match(&self, current: Option<&ETag>, exists: bool) -> Option<bool> {
        self.if_none_match.as_ref().map(|tags| !(exists && tags.match_weakly(current)))
    }

    /// Whether it is GET or HEAD, of which there is a 304.
    pub(super) fn only_reads(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// The order of RFC 9110 section 13.2.2, for an answer to GET or HEAD that would be 200.
    pub(super) fn judge(&self, current: Option<&ETag>, modified: Option<SystemTime>) -> Verdict {
        if !self.allow_change(current, modified, true) {
            return Verdict::Failed;
        }
        let is_new = self.is_none_match(current, true).unwrap_or_else(|| match (self.if_modified_since, modified) {
            (Some(since), Some(modified)) => seconds(modified) > seconds(since),
            _ => true,
        });
        if !is_new {
            return Verdict::NotModified;
        }
        let is_same = match &self.if_range {
            None => true,
            Some(IfRange::Tag(tag)) => current.is_some_and(|current| tag.matches_strongly(current)),
            // A date is as strong as the tag beside it (section 8.8.2.2).
            Some(IfRange::Date(date)) => {
                !current.is_some_and(ETag::is_weak) && modified.is_some_and(|at| seconds(at) == seconds(*date))
            }
            Some(IfRange::Unreadable) => false,
        };
        if is_same { Verdict::Proceed } else { Verdict::ProceedWhole }
    }

    /// The range asked for; only GET has one (section 14.2).
    pub(super) fn range(&self) -> Option<&HeaderValue> {
        self.range.as_ref().filter(|_| self.method == Method::GET)
    }
}

/// The tags of all lines of a field.
fn tags(headers: &HeaderMap, name: &HeaderName) -> Option<Tags> {
    let mut lines = headers.get_all(name).iter().peekable();
    lines.peek()?;
    let mut tags = Tags::default();
    lines.for_each(|line| tags.add(line.as_bytes()));
    Some(tags)
}

/// The value of a field that may stand once; twice it says nothing that all readers would agree on.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut lines = headers.get_all(name).iter();
    lines.next().filter(|_| lines.next().is_none())
}

fn if_range(value: Option<&HeaderValue>) -> IfRange {
    let tag = value.and_then(|value| ETag::parse(value.as_bytes())).map(IfRange::Tag);
    tag.or_else(|| value.and_then(date).map(IfRange::Date)).unwrap_or(IfRange::Unreadable)
}

/// An HTTP date in any of its three forms (section 5.6.7).
pub(super) fn date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?.trim_matches(' ')).ok()
}

/// A date of HTTP knows no less than a second.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

//! A file of the disk as an answer.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LAST_MODIFIED, X_CONTENT_TYPE_OPTIONS,
};

use crate::body::Body;
use crate::error::{Error, Result};
use crate::response::etag::ETag;
use crate::response::file_parts::{FileParts, Reading};
use crate::response::{IntoResponse, Response, failed};

/// How long a file has to be unchanged before its time and size tell its versions apart for certain.
const SETTLED: Duration = Duration::from_secs(2);

/// The last second that HTTP can write: the end of the year 9999.
const LAST_DATE: u64 = 253_402_300_799;

/// A regular file, sent in pieces of 64 KiB that are read on the blocking pool.
///
/// It goes out with its length, its type by the extension (text as UTF-8, `application/octet-stream` where the extension
/// says nothing) and `X-Content-Type-Options: nosniff`, with `Last-Modified` and `ETag`. Through
/// [`Conditions`](crate::Conditions) it answers conditional requests and ranges, and says so (`Accept-Ranges`):
///
/// ```
/// use squall::{Conditional, Conditions, File};
///
/// async fn report(conditions: Conditions) -> squall::Result<Conditional<File>> {
///     Ok(conditions.answer(File::open("report.pdf").await?))
/// }
/// # drop(report(Conditions::default()));
/// ```
///
/// The tag is made of size and time of change, and weak while the change is less than two seconds ago, as a second change
/// could then bear the same time. Where files keep their time through a change, as builds do that set it to a fixed one,
/// give a tag yourself: [`File::etag`].
///
/// A file that becomes shorter while it is sent breaks the answer off; what is added to it is not sent.
#[derive(Debug)]
pub struct File {
    handle: Arc<fs::File>,
    length: u64,
    modified: Option<SystemTime>,
    etag: Option<ETag>,
    content_type: Result<HeaderValue, http::Error>,
}

impl File {
    /// Opens a file. The path is yours: text from a request must never be a part of it unchecked.
    ///
    /// # Errors
    /// As an answer the error is 404 where there is no such file, or it is a directory or another thing that is no regular
    /// file ([`Error::is_not_found`]), 403 where the system denies it, and 500 for anything else.
    ///
    /// # Cancel safety
    /// Cancel safe: nothing is read yet.
    pub async fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        let opened = tokio::task::spawn_blocking(move || open(&path)).await;
        opened.unwrap_or_else(|error| Err(Error::opening("a file was not opened", false, io::Error::other(error))))
    }

    /// Another content type than that of the extension; one that no header field can carry is answered with 500.
    pub fn content_type(mut self, content_type: &str) -> Self {
        self.content_type = HeaderValue::try_from(content_type).map_err(Into::into);
        self
    }

    /// Another tag than that of size and time, for a file whose version you know better.
    pub fn etag(mut self, etag: ETag) -> Self {
        self.etag = Some(etag);
        self
    }

    /// The size in bytes when it was opened.
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Whether it had no bytes when it was opened.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// When it was last changed, where the system knows.
    pub fn modified(&self) -> Option<SystemTime> {
        self.modified
    }
}

fn open(path: &Path) -> Result<File> {
    let fault = |source| fault(path, source);
    let irregular = || fault(io::Error::new(io::ErrorKind::NotFound, "it is no regular file"));
    // Judged before it is opened: to open a pipe is to wait for its writer.
    if !fs::metadata(path).map_err(fault)?.is_file() {
        return Err(irregular());
    }
    let file = fs::File::open(path).map_err(fault)?;
    let known = file.metadata().map_err(fault)?;
    if !known.is_file() {
        return Err(irregular());
    }
    let modified = known.modified().ok();
    let etag = modified.map(|modified| version(known.len(), modified, SystemTime::now()));
    let content_type = Ok(content_type(path));
    Ok(File { handle: Arc::new(file), length: known.len(), modified, etag, content_type })
}

/// What the system said, as an error with the status that [`File::open`] tells.
fn fault(path: &Path, source: io::Error) -> Error {
    use io::ErrorKind::{InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied};
    if source.kind() == PermissionDenied {
        tracing::warn!(path = path.display().to_string(), "a file may not be read");
    }
    let absent = matches!(source.kind(), InvalidFilename | InvalidInput | IsADirectory | NotADirectory | NotFound);
    Error::opening(format!("{} cannot be sent", path.display()), absent, source)
}

/// The type by the extension. Text is UTF-8 nearly always, and browsers would guess otherwise.
pub(super) fn content_type(path: &Path) -> HeaderValue {
    let known = mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    if known.starts_with("text/") {
        let with_charset = HeaderValue::try_from(format!("{known}; charset=utf-8"));
        return with_charset.unwrap_or(HeaderValue::from_static("text/plain; charset=utf-8"));
    }
    HeaderValue::from_static(known)
}

/// The tag of a size and a time of change.
fn version(length: u64, modified: SystemTime, now: SystemTime) -> ETag {
    let (sign, since) = match modified.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => ("", since),
        Err(before) => ("-", before.duration()),
    };
    let text = format!("{length:x}-{sign}{:x}.{:x}", since.as_secs(), since.subsec_nanos());
    let is_settled = now.duration_since(modified).is_ok_and(|age| age >= SETTLED);
    let tag = if is_settled { ETag::strong(text) } else { ETag::weak(text) };
    tag.expect("digits, dashes and dots can stand in a tag")
}

/// The date of a change as HTTP writes it, never later than the answer itself (RFC 9110 section 8.8.2.1).
fn date(modified: SystemTime, now: SystemTime) -> Option<HeaderValue> {
    let date = modified.min(now);
    let seconds = date.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    if seconds > LAST_DATE {
        return None;
    }
    HeaderValue::try_from(httpdate::fmt_http_date(date)).ok()
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let content_type = match self.content_type {
            Ok(content_type) => content_type,
            Err(error) => {
                return failed("a file has a content type that cannot be sent", error);
            }
        };
        let whole = Reading::part(&self.handle, 0..self.length);
        let mut response = Response::new(Body::new(whole.into_body()));
        let fields: [(HeaderName, Option<HeaderValue>); 5] = [
            (CONTENT_TYPE, Some(content_type)),
            (CONTENT_LENGTH, Some(self.length.into())),
            (X_CONTENT_TYPE_OPTIONS, Some(HeaderValue::from_static("nosniff"))),
            (LAST_MODIFIED, self.modified.and_then(|modified| date(modified, SystemTime::now()))),
            (ETAG, self.etag.map(|etag| etag.to_value())),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        response.extensions_mut().insert(FileParts::new(self.handle, self.length));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_that_of_the_cause() {
        use io::ErrorKind::{IsADirectory, NotFound, PermissionDenied, StorageFull};
        for (kind, status) in [(NotFound, 404), (IsADirectory, 404), (PermissionDenied, 403), (StorageFull, 500)] {
            let error = fault(Path::new("a"), kind.into());
            assert_ne!(error.is_not_found(), error.is_file(), "{kind}: one question tells what it is");
            let error = fault(Path::new("a"), kind.into());
            assert_eq!((error.status().as_u16(), error.is_not_found()), (status, status == 404), "{kind:?}");
        }
    }

    #[test]
    fn types_go_by_the_extension() {
        for (path, want) in [
            ("a.html", "text/html; charset=utf-8"),
            ("a.TXT", "text/plain; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.json", "application/json"),
            ("a.png", "image/png"),
            ("a.wasm", "application/wasm"),
            ("a.tar.gz", "application/gzip"),
            ("a", "application/octet-stream"),
            ("a.unknown-to-all", "application/octet-stream"),
            (".html", "application/octet-stream"),
        ] {
            assert_eq!(content_type(Path::new(path)), want, "{path}");
        }
    }

    #[test]
    fn a_tag_is_strong_when_the_change_is_settled() {
        let now = SystemTime::now();
        let of = |age: u64| version(26, now - Duration::from_secs(age), now);
        assert!(!of(2).is_weak());
        assert!(of(1).is_weak());
        assert!(version(26, now + Duration::from_secs(5), now).is_weak(), "a time to come tells nothing");
        assert_ne!(of(5), of(6));
        assert_ne!(version(1, SystemTime::UNIX_EPOCH, now), version(2, SystemTime::UNIX_EPOCH, now));
        version(1, SystemTime::UNIX_EPOCH - Duration::from_secs(5), now);
    }

    #[test]
    fn dates_that_http_cannot_write_are_left_out() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(LAST_DATE);
        assert!(date(SystemTime::UNIX_EPOCH - Duration::from_secs(1), now).is_none());
        assert!(date(now + Duration::from_secs(1), now + Duration::from_secs(2)).is_none());
        assert_eq!(date(now, now).expect("a date"), "Fri, 31 Dec 9999 23:59:59 GMT");
        let early = SystemTime::UNIX_EPOCH + Duration::from_secs(7);
        assert_eq!(date(now, early).expect("a date"), "Thu, 01 Jan 1970 00:00:07 GMT", "no date is in the future");
    }
}

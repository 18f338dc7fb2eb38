//! Why a body is no form with parts.

use std::fmt;

use http::StatusCode;
use http::header::ACCEPT_ENCODING;

use crate::error::Error;
use crate::extract::encoding::{BodyRejection, READABLE};
use crate::response::{Faults, IntoResponse, Place, Problem, Raised, Response, faulty, rejected};

/// Why a form with parts cannot be taken, or not to its end.
///
/// | case | status | when |
/// |---|---|---|
/// | [`ContentType`](Self::ContentType) | 415 | the content type is another, or missing while there is a body |
/// | [`Encoding`](Self::Encoding) | 415 | the content encoding is none that is read here |
/// | [`Empty`](Self::Empty) | 400 | there is neither a body nor a content type |
/// | [`Malformed`](Self::Malformed) | 400 | no boundary, a part without a name, no end, and the like |
/// | [`TooManyParts`](Self::TooManyParts) | 413 | more parts than the limit |
/// | [`HeadTooLarge`](Self::HeadTooLarge) | 413 | the header fields of a part are larger than the limit |
/// | [`PartTooLarge`](Self::PartTooLarge) | 413 | a part is larger than the limit of its own |
/// | [`Body`](Self::Body) | 400, 413 | the body broke off, or is larger than the handler accepts |
/// | [`Faults`](Self::Faults) | 400, 422 | fields are missing, cannot be read or break a rule: all of them |
/// | [`Storage`](Self::Storage) | 500 | a file could not be written; the cause goes to the log |
///
/// ```
/// use squall::{IntoResponse, MultipartRejection};
/// assert_eq!(MultipartRejection::TooManyParts { limit: 128 }.into_response().status(), 413);
/// ```
#[derive(Debug)]
pub enum MultipartRejection {
    /// The content type is another, or missing while there is a body (415).
    ContentType,
    /// The `Content-Encoding` is none that is read here (415, with `Accept-Encoding`).
    Encoding,
    /// There is neither a body nor a content type (400).
    Empty,
    /// The form is not as RFC 7578 has it; in words for the person who sent it (400).
    Malformed(&'static str),
    /// There are more parts than allowed (413).
    TooManyParts {
        /// How many are allowed.
        limit: usize,
    },
    /// The header fields of a part are larger than allowed (413).
    HeadTooLarge {
        /// How many bytes are allowed.
        limit: usize,
    },
    /// A part is larger than its limit (413).
    PartTooLarge {
        /// The name of the part.
        name: String,
        /// How many bytes are allowed.
        limit: u64,
    },
    /// The body could not be read, or is too large as a whole (400, 413).
    Body(Error),
    /// What is wrong with the fields of a form (400, 422).
    Faults(Faults),
    /// A file could not be written or read (500).
    Storage(std::io::Error),
}

impl MultipartRejection {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::ContentType | Self::Encoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Empty | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::TooManyParts { .. } | Self::HeadTooLarge { .. } | Self::PartTooLarge { .. } => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::Body(error) => error.status(),
            Self::Faults(faults) => faults.status(),
            Self::Storage(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for MultipartRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("the body has to be `multipart/form-data`"),
            Self::Encoding => BodyRejection::Encoding.fmt(f),
            Self::Empty => f.write_str("is missing: a form with parts is expected"),
            Self::Malformed(what) => write!(f, "is no form with parts: {what}"),
            Self::TooManyParts { limit } => write!(f, "the form has more than {limit} parts"),
            Self::HeadTooLarge { limit } => write!(f, "the header fields of a part are larger than {limit} bytes"),
            Self::PartTooLarge { name, limit } => write!(f, "the part `{name}` is larger than {limit} bytes"),
            Self::Body(error) => error.fmt(f),
            Self::Faults(faults) => {
                let faults: Vec<String> =
                    faults.iter().map(|fault| format!("{} {}", fault.name, fault.detail)).collect();
                f.write_str(&faults.join(", "))
            }
            Self::Storage(_) => f.write_str("a part could not be kept"),
        }
    }
}

impl std::error::Error for MultipartRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Body(error) => Some(error),
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}

impl IntoResponse for MultipartRejection {
    fn into_response(self) -> Response {
        let (status, text) = (self.status(), self.to_string());
        match self {
            Self::Encoding => {
                let mut response = rejected(self, status, &text);
                response.headers_mut().insert(ACCEPT_ENCODING, READABLE);
                response
            }
            // It came from a body that a middleware put in: its words are for the log.
            Self::Body(error) if !matches!(status.as_u16(), 400 | 413) => error.into_response(),
            // Its cause is for the log.
            Self::Storage(_) => Raised::new(Problem::new(status)).with_error(self).into_response(),
            Self::Faults(ref faults) => {
                let faults = faults.clone();
                faulty(self, faults)
            }
            Self::Empty | Self::Malformed(_) => {
                let mut faults = Faults::default();
                faults.unreadable(Place::Body, "", text);
                faulty(self, faults)
            }
            _ => rejected(self, status, &text),
        }
    }
}

/// So that a handler that returns `squall::Result` can read parts with `?`. The answer has the same status; only 415 and
/// 422, which a form has when it is taken and not when it is read, become 400.
impl From<MultipartRejection> for Error {
    fn from(rejection: MultipartRejection) -> Self {
        match rejection {
            MultipartRejection::Body(error) => error,
            MultipartRejection::Storage(error) => Self::file("a part could not be kept", error),
            other if other.status() == StatusCode::PAYLOAD_TOO_LARGE => Self::too_large_because(other),
            other => Self::body(other),
        }
    }
}

impl From<BodyRejection> for MultipartRejection {
    fn from(rejection: BodyRejection) -> Self {
        match rejection {
            BodyRejection::Read(error) => Self::Body(error),
            BodyRejection::Encoding => Self::Encoding,
        }
    }
}

impl From<multer::Error> for MultipartRejection {
    fn from(error: multer::Error) -> Self {
        use multer::Error as E;
        match error {
            E::StreamReadFailed(source) => match source.downcast::<Self>() {
                Ok(rejection) => *rejection,
                Err(other) => Self::Body(Error::body(other)),
            },
            E::IncompleteFieldData { .. } => Self::Malformed("a part does not end with its boundary"),
            E::IncompleteStream => Self::Malformed("it does not end with its boundary"),
            E::IncompleteHeaders
            | E::ReadHeaderFailed(_)
            | E::DecodeHeaderName { .. }
            | E::DecodeHeaderValue { .. } => Self::Malformed("the header fields of a part cannot be read"),
            _ => Self::Malformed("it cannot be read"),
        }
    }
}

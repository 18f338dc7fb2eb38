//! Why an extractor refused a request: every rejection with its status and its words.
//!
//! A handler meets them as `Result<Json<T>, JsonRejection>`; otherwise they are the answer. Each is an
//! [`Error`](std::error::Error) for the log and [`IntoResponse`](crate::IntoResponse) for the client.
//!
//! ```standalone_crate
//! use squall::rejection::JsonRejection;
//! use squall::{Application, Json, StatusCode, post, testing::TestClient};
//!
//! #[post("/sum")]
//! async fn sum(numbers: Result<Json<Vec<u32>>, JsonRejection>) -> Result<String, StatusCode> {
//!     match numbers {
//!         Ok(Json(numbers)) => Ok(numbers.iter().sum::<u32>().to_string()),
//!         Err(JsonRejection::Empty) => Ok("0".to_owned()),
//!         Err(_) => Err(StatusCode::BAD_REQUEST),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
//! let client = TestClient::new(Application::new());
//! assert_eq!(client.post("/sum").await?.text()?, "0");
//! assert_eq!(client.post("/sum").body(Json([1, 2])).await?.text()?, "3");
//! # Ok(()) }
//! ```
//!
//! | extractor | rejection | case | status | what is told |
//! |---|---|---|---|---|
//! | `Body`, `Bytes` | [`BodyRejection`] | `Read`, beyond the limit | 413 | the body is larger than .. bytes |
//! | | | `Read`, broken off or damaged | 400 | the body could not be read |
//! | | | `Encoding` | 415 | the content encoding of the body is not supported; with `Accept-Encoding` |
//! | `String` | [`StringRejection`] | `Body` | as above | |
//! | | | `Charset` | 415 | the charset of the body has to be UTF-8, US-ASCII or ISO-8859-1 |
//! | | | `NotUtf8`, `NotAscii` | 400 | body: is not UTF-8, is not US-ASCII |
//! | `Json<T>` | [`JsonRejection`] | `Body` | as above | |
//! | | | `ContentType` | 415 | the body has to be `application/json` in UTF-8 |
//! | | | `Empty` | 400 | body: is missing: JSON is expected |
//! | | | `Syntax` | 400 | body: is not JSON: .. at line .. column .. |
//! | | | `Data` | 422 | body, with a pointer: .. at line .. column .. |
//! | `Form<T>` | [`FormRejection`] | `Body` | as above | |
//! | | | `ContentType` | 415 | the body has to be `application/x-www-form-urlencoded` in UTF-8 |
//! | | | `Empty` | 400 | body: is missing: a form is expected |
//! | | | `Field` | 400 | body, with the field: is missing, or what serde says |
//! | `Query<T>` | [`QueryRejection`] | | 400 | query, with the parameter: is missing, or what serde says |
//! | `Valid<E>` | [`ValidRejection`] | `Unread` | as `E` | |
//! | | | `Broken`: [`Broken`] | 422 | body or query, with pointer or parameter: what the rule says |
//! | `Host` | [`HostRejection`] | `Missing` | 400 | header `host`: is missing |
//! | | | `Several` | 400 | header `host`: is given more than once |
//! | | | `Malformed` | 400 | header `host`: must be a host such as example.com or example.com:8080 |
//! | `ClientAddr` | [`ClientAddrRejection`] | | 500 | nothing: it is logged |
//! | `LastEventId` | [`LastEventIdRejection`] | `Missing` | 400 | header `last-event-id`: is missing |
//! | | | `NotText` | 400 | header `last-event-id`: is not UTF-8 |
//! | `State<T>` | [`MissingState`] | | 500 | nothing: it is logged; the launch check finds it first |
//! | `Extension<T>` | [`MissingExtension`] | | 500 | nothing: it is logged; the launch check finds it first |
//! | `MatchedRoute` | [`NoRoute`] | | 404 | nothing more |
//! | `Multipart`, `#[derive(FromMultipart)]` | `MultipartRejection` | | 400, 413, 415, 422, 500 | its own page has the table |
//!
//! `Background`, `Conditions`, `Cookies`, `HeaderMap`, `Method`, `RequestId`, `Uri`, `Version` and `Request` are never
//! refused.

use std::fmt;

pub use crate::extract::body::StringRejection;
pub use crate::extract::client_addr::ClientAddrRejection;
pub use crate::extract::encoding::BodyRejection;
pub use crate::extract::extension::MissingExtension;
pub use crate::extract::form::FormRejection;
pub use crate::extract::host::HostRejection;
pub use crate::extract::json::JsonRejection;
pub use crate::extract::last_event_id::LastEventIdRejection;
pub use crate::extract::matched_route::NoRoute;
#[cfg(feature = "multipart")]
pub use crate::extract::multipart::MultipartRejection;
pub use crate::extract::query::QueryRejection;
pub use crate::extract::state::MissingState;
pub use crate::extract::valid::{Broken, ValidRejection};

impl fmt::Display for MissingState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no state of this type was given to the application")
    }
}

impl std::error::Error for MissingState {}

impl fmt::Display for MissingExtension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no value of type `{}` was left with the request", self.0)
    }
}

impl std::error::Error for MissingExtension {}

impl fmt::Display for NoRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request matched no route")
    }
}

impl std::error::Error for NoRoute {}

impl fmt::Display for LastEventIdRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "is missing",
            Self::NotText => "is not UTF-8",
        })
    }
}

impl std::error::Error for LastEventIdRejection {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_an_error_and_an_answer() {
        fn holds<R: std::error::Error + crate::response::IntoResponse + Send + Sync + 'static>() {}
        holds::<BodyRejection>();
        holds::<Broken>();
        holds::<ClientAddrRejection>();
        holds::<FormRejection>();
        holds::<HostRejection>();
        holds::<JsonRejection>();
        holds::<LastEventIdRejection>();
        holds::<MissingExtension>();
        holds::<MissingState>();
        holds::<NoRoute>();
        #[cfg(feature = "multipart")]
        holds::<MultipartRejection>();
        holds::<QueryRejection>();
        holds::<StringRejection>();
        holds::<ValidRejection<JsonRejection>>();
    }
}

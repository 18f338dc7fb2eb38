//! Header fields beside a result: `([("x-answer", "42")], "text")`.

use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};

use crate::response::{IntoResponse, Response, failed, set_status};

/// Header fields that a tuple puts into its response: an array of pairs, a whole `HeaderMap`, or cookies.
///
/// A pair replaces a field of that name; a `HeaderMap` may hold several of one name.
/// [`AppendHeaders`](crate::AppendHeaders) and [`SetCookie`](crate::SetCookie) leave what is there.
///
/// ```
/// use squall::IntoResponse;
/// let response = ([("cache-control", "no-store")], "secret").into_response();
/// assert_eq!(response.headers()["cache-control"], "no-store");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of header fields",
    label = "expected `[(name, value); N]` or a `HeaderMap`"
)]
pub trait IntoHeaders {
    /// Adds the fields to the response; a name or value that HTTP does not allow is an error.
    fn add_to(self, headers: &mut HeaderMap) -> Result<(), http::Error>;
}

impl<K, V, const N: usize> IntoHeaders for [(K, V); N]
where
    K: TryInto<HeaderName>,
    K::Error: Into<http::Error>,
    V: TryInto<HeaderValue>,
    V::Error: Into<http::Error>,
{
    fn add_to(self, headers: &mut HeaderMap) -> Result<(), http::Error> {
        for (name, value) in self {
            headers.insert(name.try_into().map_err(Into::into)?, value.try_into().map_err(Into::into)?);
        }
        Ok(())
    }
}

impl IntoHeaders for HeaderMap {
    fn add_to(self, headers: &mut HeaderMap) -> Result<(), http::Error> {
        for name in self.keys() {
            headers.remove(name);
        }
        let mut current = None;
        for (name, value) in self {
            // A map gives the name with the first of its values only.
            current = name.or(current);
            if let Some(name) = &current {
                headers.append(name.clone(), value);
            }
        }
        Ok(())
    }
}

impl<H: IntoHeaders, T: IntoResponse> IntoResponse for (H, T) {
    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        match self.0.add_to(response.headers_mut()) {
            Ok(()) => response,
            Err(error) => failed("a handler gave a header field that cannot be sent", error),
        }
    }
}

impl<H: IntoHeaders, T: IntoResponse> IntoResponse for (StatusCode, H, T) {
    fn into_response(self) -> Response {
        let (status, headers, result) = self;
        let mut response = (headers, result).into_response();
        set_status(&mut response, status);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_in_a_value_is_a_500_and_no_second_header() {
        let response = ([("x-name", "a\r\nset-cookie: b=c")], "text").into_response();
        assert_eq!(response.status(), 500);
        assert!(response.headers().get("set-cookie").is_none());
    }

    #[test]
    fn a_map_keeps_fields_of_one_name() {
        let mut map = HeaderMap::new();
        map.append("set-cookie", HeaderValue::from_static("a=1"));
        map.append("set-cookie", HeaderValue::from_static("b=2"));
        let response = (StatusCode::CREATED, map, "made").into_response();
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    }
}

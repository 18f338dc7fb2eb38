//! Redirects: which answers lead on, and what a request may take along to another origin.

use http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderName, PROXY_AUTHORIZATION,
    TRANSFER_ENCODING,
};
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::error::{Error, Result};

/// Whether a status asks to go on at its `Location` (RFC 9110 section 15.4): of 3xx, 300, 304 and 305 do not.
pub(super) fn leads_on(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Whether the next request asks for an answer without sending the body again: after 303, and after 301 and 302 to POST.
pub(super) fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status {
        StatusCode::SEE_OTHER => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => *method == Method::POST,
        _ => false,
    }
}

/// Takes out what described the body that is not sent again.
pub(super) fn without_body(headers: &mut HeaderMap) {
    for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(name);
    }
}

/// Whether a field always tells who is calling.
pub(super) fn is_credential(name: &HeaderName) -> bool {
    [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name)
}

/// Goes from one address to the next: what belongs to the first origin alone stays behind.
///
/// Another scheme, host or port is another origin (RFC 6454 section 4): whoever listens on the next port may be a
/// stranger. What was left behind does not come back when a later redirect returns.
pub(super) fn cross(from: &Uri, to: &Uri, headers: &mut HeaderMap) -> Result<()> {
    if from.scheme_str() == Some("https") && to.scheme_str() == Some("http") {
        return Err(Error::answer(format!("a redirect leads from https to http: {to}")));
    }
    if !same_origin(from, to) {
        let names: Vec<HeaderName> = headers
            .iter()
            .filter(|(name, value)| value.is_sensitive() || is_credential(name) || *name == HOST)
            .map(|(name, _)| name.clone())
            .collect();
        for name in names {
            headers.remove(name);
        }
    }
    Ok(())
}

/// Whether scheme, host and port are the same; the default port may be written or not.
pub(super) fn same_origin(one: &Uri, other: &Uri) -> bool {
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    one.scheme() == other.scheme() && host(one) == host(other) && port(one) == port(other)
}

fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or_else(|| match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn left(from: &'static str, to: &'static str) -> Vec<String> {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "cookie", "proxy-authorization", "host", "accept", "x-trace"] {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static("a"));
        }
        let mut key = HeaderValue::from_static("secret");
        key.set_sensitive(true);
        headers.append("x-api-key", HeaderValue::from_static("first"));
        headers.append("x-api-key", key);
        cross(&Uri::from_static(from), &Uri::from_static(to), &mut headers).expect("a way");
        headers.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn credentials_stay_behind_when_scheme_host_or_port_changes() {
        for (from, to) in [
            ("http://a/x", "http://b/x"),
            ("http://a:1/x", "http://a:2/x"),
            ("http://a/x", "http://a:8080/x"),
            ("http://a/x", "https://a/x"),
            ("http://a:443/x", "https://a/x"),
            ("http://a/x", "http://a./x"),
            ("http://127.0.0.1/x", "http://127.0.0.2/x"),
            ("http://[::1]:1/x", "http://[::1]:2/x"),
        ] {
            assert_eq!(left(from, to), ["accept", "x-trace"], "{from} {to}");
        }
    }

    #[test]
    fn credentials_go_along_within_an_origin() {
        for (from, to) in [
            ("http://a/x", "http://a/y"),
            ("http://a/x", "http://a:80/y"),
            ("https://a:443/x", "https://A/y"),
            ("http://[::1]:1/x", "http://[::1]:1/y"),
            ("/x", "/y"),
        ] {
            assert_eq!(left(from, to).len(), 7, "{from} {to}");
        }
    }

    #[test]
    fn what_was_encrypted_stays_so() {
        let (secure, open) = (Uri::from_static("https://a/x"), Uri::from_static("http://a/x"));
        assert!(cross(&secure, &open, &mut HeaderMap::new()).expect_err("a downgrade").is_answer());
        assert!(cross(&open, &secure, &mut HeaderMap::new()).is_ok());
    }
}

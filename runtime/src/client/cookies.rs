//! The cookies that a client keeps: as much of RFC 6265 as calls to one site need.

use std::collections::BTreeMap;
use std::time::SystemTime;

use http::header::{GetAll, HeaderMap, HeaderValue, SET_COOKIE};

/// Names and values; `Max-Age=0` or an `Expires` in the past removes, paths and domains are not looked at.
#[derive(Debug, Default)]
pub(crate) struct Cookies(BTreeMap<String, String>);

impl Cookies {
    /// Keeps what an answer sets.
    pub(crate) fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let mut parts = line.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let (mut aged, mut expired) = (None, None);
            for (name, value) in parts.filter_map(|part| part.split_once('=')) {
                let (name, value) = (name.trim(), value.trim());
                if name.eq_ignore_ascii_case("max-age") {
                    aged = value.parse().ok().map(|age: i64| age <= 0).or(aged);
                } else if name.eq_ignore_ascii_case("expires") {
                    let date = httpdate::parse_http_date(value).ok();
                    expired = date.map(|date| date <= SystemTime::now()).or(expired);
                }
            }
            // Of the two, `Max-Age` counts (RFC 6265 section 5.3).
            if aged.or(expired).unwrap_or(false) {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The `Cookie` field, with the cookies that the request itself brings after these, so that they count; it may bring
    /// them in several lines.
    pub(crate) fn field(&self, own: GetAll<'_, HeaderValue>) -> Option<HeaderValue> {
        let kept = self.0.iter().map(|(name, value)| format!("{name}={value}").into_bytes());
        let all: Vec<Vec<u8>> = kept.chain(own.into_iter().map(|line| line.as_bytes().to_vec())).collect();
        if all.is_empty() { None } else { HeaderValue::from_bytes(&all.join(&b"; "[..])).ok() }
    }
}

#[cfg(test)]
mod tests {
    use http::header::COOKIE;

    use super::*;

    fn field(cookies: &Cookies, own: &[&'static str]) -> Option<HeaderValue> {
        let mut headers = HeaderMap::new();
        for line in own {
            headers.append(COOKIE, HeaderValue::from_bytes(line.as_bytes()).expect("a field"));
        }
        cookies.field(headers.get_all(COOKIE))
    }

    #[test]
    fn no_line_of_the_request_itself_is_lost() {
        let mut cookies = Cookies::default();
        assert_eq!(field(&cookies, &["a=1", "b=\u{e9}"]), HeaderValue::from_bytes("a=1; b=\u{e9}".as_bytes()).ok());
        let set = HeaderMap::from_iter([(SET_COOKIE, HeaderValue::from_static("kept=0"))]);
        cookies.keep(&set);
        assert_eq!(field(&cookies, &["a=1", "b=2"]), Some(HeaderValue::from_static("kept=0; a=1; b=2")));
    }

    #[test]
    fn keeps_replaces_and_removes() {
        let mut cookies = Cookies::default();
        let mut headers = HeaderMap::new();
        headers.append(SET_COOKIE, HeaderValue::from_static("a=1; Path=/; HttpOnly"));
        headers.append(SET_COOKIE, HeaderValue::from_static("b=2"));
        cookies.keep(&headers);
        assert_eq!(field(&cookies, &[]), Some(HeaderValue::from_static("a=1; b=2")));
        headers.clear();
        headers.append(SET_COOKIE, HeaderValue::from_static("a=; Max-Age=0"));
        cookies.keep(&headers);
        assert_eq!(field(&cookies, &["c=3"]), Some(HeaderValue::from_static("b=2; c=3")));
    }

    #[test]
    fn a_time_that_is_over_removes() {
        for (attributes, kept) in [
            ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", false),
            ("Path=/; expires = Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly", false),
            ("Expires=Sunday, 06-Nov-94 08:49:37 GMT", false),
            ("Expires=Fri, 31 Dec 9999 23:59:59 GMT", true),
            ("Expires=0", true),
            ("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60", true),
            ("Max-Age=-1; Expires=Fri, 31 Dec 9999 23:59:59 GMT", false),
            ("Max-Age=soon", true),
        ] {
            let mut cookies = Cookies::default();
            let mut headers = HeaderMap::new();
            headers.append(SET_COOKIE, HeaderValue::from_static("a=1"));
            headers.append(SET_COOKIE, HeaderValue::try_from(format!("a=1; {attributes}")).expect("a field"));
            cookies.keep(&headers);
            assert_eq!(field(&cookies, &[]).is_some(), kept, "{attributes}");
        }
    }
}

//! The cookies of a test client: as much of RFC 6265 as one site in memory needs.

use std::collections::BTreeMap;

use http::header::{HeaderMap, HeaderValue, SET_COOKIE};

/// Names and values; expiry by `Max-Age=0` removes, paths and domains are not looked at.
#[derive(Debug, Default)]
pub(super) struct Cookies(BTreeMap<String, String>);

impl Cookies {
    /// Keeps what an answer sets.
    pub(super) fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let mut parts = line.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let removed = parts.filter_map(|part| part.split_once('=')).any(|(name, value)| {
                name.eq_ignore_ascii_case("max-age") && value.parse().is_ok_and(|age: i64| age <= 0)
            });
            if removed {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The `Cookie` field, with the cookies that the request itself brings after these, so that they count.
    pub(super) fn field(&self, own: Option<&HeaderValue>) -> Option<HeaderValue> {
        let own = own.and_then(|own| own.to_str().ok().map(str::to_owned));
        let kept = self.0.iter().map(|(name, value)| format!("{name}={value}"));
        let all: Vec<String> = kept.chain(own).collect();
        if all.is_empty() { None } else { HeaderValue::try_from(all.join("; ")).ok() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_replaces_and_removes() {
        let mut cookies = Cookies::default();
        let mut headers = HeaderMap::new();
        headers.append(SET_COOKIE, HeaderValue::from_static("a=1; Path=/; HttpOnly"));
        headers.append(SET_COOKIE, HeaderValue::from_static("b=2"));
        cookies.keep(&headers);
        assert_eq!(cookies.field(None), Some(HeaderValue::from_static("a=1; b=2")));
        headers.clear();
        headers.append(SET_COOKIE, HeaderValue::from_static("a=; Max-Age=0"));
        cookies.keep(&headers);
        assert_eq!(cookies.field(Some(&HeaderValue::from_static("c=3"))), Some(HeaderValue::from_static("b=2; c=3")));
    }
}

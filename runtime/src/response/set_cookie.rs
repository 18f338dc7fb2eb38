//! Cookies on their way to the browser (RFC 6265).

use std::fmt;
use std::time::Duration;

use cookie::time::OffsetDateTime;
use cookie::{Cookie, SameSite as Policy};
use http::HeaderMap;
use http::header::{HeaderName, HeaderValue, SET_COOKIE};

use crate::error::{Error, Result};
use crate::response::IntoHeaders;

/// The most bytes of name and value that browsers keep together.
const LONGEST: usize = 4096;

/// With which requests of other sites a cookie is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SameSite {
    /// With none, links included.
    Strict,
    /// When somebody follows a link here, and with nothing else.
    #[default]
    Lax,
    /// With all. Browsers then ask for `Secure`.
    None,
}

/// A cookie that an answer sets.
///
/// Unless you say otherwise it is `Secure`, `HttpOnly` and `SameSite=Lax`, is sent for every path of this host
/// (`Path=/`), and lasts until the browser is closed.
///
/// Name, value and attributes go out as they are or not at all: what could end an attribute and begin another, such as
/// a semicolon, white space or a control character, makes the answer a 500, and a line of the log says why. The reader
/// of cookies does not decode, so nothing is encoded here; write other text in an encoding of your own.
///
/// ```
/// use squall::{IntoResponse, SetCookie};
///
/// let response = (SetCookie::new("theme", "dark"), "saved").into_response();
/// assert_eq!(response.headers()["set-cookie"], "theme=dark; HttpOnly; SameSite=Lax; Secure; Path=/");
/// ```
///
/// Several stand in an array or a `Vec`:
///
/// ```
/// # use squall::{IntoResponse, SetCookie};
/// let response = ([SetCookie::new("a", "1"), SetCookie::removal("b")], "saved").into_response();
/// assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct SetCookie {
    cookie: Cookie<'static>,
}

impl SetCookie {
    /// A cookie that lasts until the browser is closed.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        let cookie = Cookie::build((name.into(), value.into()))
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(Policy::Lax)
            .build();
        Self { cookie }
    }

    /// Takes a cookie from the browser. It goes by name, path and domain, so give those the cookie was set with.
    ///
    /// ```
    /// use squall::{IntoResponse, SetCookie};
    /// let response = (SetCookie::removal("theme"), "forgotten").into_response();
    /// assert!(response.headers()["set-cookie"].to_str().expect("text").contains("Max-Age=0"));
    /// ```
    pub fn removal(name: impl Into<String>) -> Self {
        let mut removal = Self::new(name, "").max_age(Duration::ZERO);
        // For clients that do not know `Max-Age`.
        removal.cookie.set_expires(OffsetDateTime::UNIX_EPOCH);
        removal
    }

    /// How long the browser keeps it, in whole seconds; zero removes it.
    pub fn max_age(mut self, age: Duration) -> Self {
        // Beyond 68 years browsers disagree, and none keeps it that long.
        let seconds = i64::from(i32::try_from(age.as_secs()).unwrap_or(i32::MAX));
        self.cookie.set_max_age(cookie::time::Duration::seconds(seconds));
        self
    }

    /// The path below which it is sent: `/` unless you say otherwise.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.cookie.set_path(path.into());
        self
    }

    /// A domain whose hosts get it, all of them. Without this only the host that sets it does.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.cookie.set_domain(domain.into());
        self
    }

    /// With which requests of other sites it is sent.
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.cookie.set_same_site(match same_site {
            SameSite::Strict => Policy::Strict,
            SameSite::Lax => Policy::Lax,
            SameSite::None => Policy::None,
        });
        self
    }

    /// Lets scripts of the page read it.
    pub fn readable_by_scripts(mut self) -> Self {
        self.cookie.set_http_only(false);
        self
    }

    /// Lets it be sent without TLS, where everybody on the way can read and change it.
    pub fn insecure(mut self) -> Self {
        self.cookie.set_secure(false);
        self
    }

    /// Keeps it apart for each site that this one is embedded in (`Partitioned`).
    pub fn partitioned(mut self) -> Self {
        self.cookie.set_partitioned(true);
        self
    }

    /// The value of the header field `Set-Cookie`.
    ///
    /// # Errors
    /// [`Error::is_link`] where the name, the value or an attribute cannot be sent, or a browser would not take it.
    pub fn to_value(&self) -> Result<HeaderValue> {
        if let Some(fault) = self.fault() {
            return Err(Error::link(format!("cookie {:?} {fault}", self.cookie.name())));
        }
        HeaderValue::try_from(self.cookie.to_string()).map_err(|error| Error::link(error.to_string()))
    }

    /// Why it cannot be sent. The value is not told, as it may be a secret.
    fn fault(&self) -> Option<&'static str> {
        let cookie = &self.cookie;
        let is_secure = cookie.secure() == Some(true);
        let name = cookie.name();
        let begins = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if HeaderName::from_bytes(name.as_bytes()).is_err() {
            Some("has a name that is no token")
        } else if !cookie.value().bytes().all(is_octet) {
            Some("has a value with a character that a cookie cannot carry: encode it")
        } else if name.len() + cookie.value().len() > LONGEST {
            Some("is larger than the 4096 bytes that browsers keep")
        } else if !cookie.path().is_some_and(is_path) {
            Some("has a path that is none: it begins with a slash, and holds no semicolon and no control character")
        } else if !cookie.domain().is_none_or(is_domain) {
            Some("has a domain that is none")
        } else if !is_secure && (begins("__Secure-") || begins("__Host-")) {
            Some("has a name that promises `Secure`")
        } else if begins("__Host-") && (cookie.domain().is_some() || cookie.path() != Some("/")) {
            Some("has a name that promises this host and every path")
        } else if !is_secure && (cookie.same_site() == Some(Policy::None) || cookie.partitioned() == Some(true)) {
            Some("is refused by browsers: `SameSite=None` and `Partitioned` ask for `Secure`")
        } else {
            None
        }
    }
}

/// `cookie-octet` of RFC 6265 section 4.1.1.
fn is_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E)
}

fn is_path(path: &str) -> bool {
    path.starts_with('/') && path.bytes().all(|byte| (0x20..0x7F).contains(&byte) && byte != b';')
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    domain.split('.').all(is_label)
}

impl fmt::Display for SetCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cookie.fmt(f)
    }
}

impl IntoHeaders for SetCookie {
    fn add_to(self, headers: &mut HeaderMap) -> Result<(), http::Error> {
        [self].add_to(headers)
    }
}

impl<const N: usize> IntoHeaders for [SetCookie; N] {
    fn add_to(self, headers: &mut HeaderMap) -> Result<(), http::Error> {
        add_all(&self, headers)
    }
}

impl IntoHeaders for Vec<SetCookie> {
    fn add_to(self, headers: &mut HeaderMap) -> Result<(), http::Error> {
        add_all(&self, headers)
    }
}

fn add_all(cookies: &[SetCookie], headers: &mut HeaderMap) -> Result<(), http::Error> {
    for cookie in cookies {
        let value = cookie.to_value().map_err(|error| {
            tracing::error!(%error, "a cookie cannot be sent");
            HeaderValue::from_bytes(b"\n").expect_err("a line break can stand in no header field")
        })?;
        headers.append(SET_COOKIE, value);
    }
    Ok(())
}

/// Takes `Secure` from the cookies of an answer that goes over plain HTTP to a loopback host, where some clients would
/// not send them back; cookies whose name or attributes ask for it keep it.
pub(crate) fn relax_for_loopback(headers: &mut HeaderMap) {
    let http::header::Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) else { return };
    for value in cookies.iter_mut() {
        let Ok(text) = value.to_str() else { continue };
        if let Ok(relaxed) = HeaderValue::try_from(relaxed(text)) {
            *value = relaxed;
        }
    }
}

fn relaxed(text: &str) -> String {
    let is = |attribute: &str, name: &str| attribute.trim().eq_ignore_ascii_case(name);
    let asks = text.starts_with("__")
        || text.split(';').skip(1).any(|part| is(part, "samesite=none") || is(part, "partitioned"));
    if asks {
        return text.to_owned();
    }
    let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
    let kept = attributes.split(';').filter(|part| !part.is_empty() && !is(part, "secure"));
    std::iter::once(pair).chain(kept).collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::response::IntoResponse as _;

    fn text(cookie: &SetCookie) -> String {
        cookie.to_value().expect("a cookie").to_str().expect("ASCII").to_owned()
    }

    #[test]
    fn is_written_as_browsers_read_it() {
        let new = || SetCookie::new("a", "1");
        for (cookie, want) in [
            (new(), "a=1; HttpOnly; SameSite=Lax; Secure; Path=/"),
            (new().insecure(), "a=1; HttpOnly; SameSite=Lax; Path=/"),
            (new().readable_by_scripts(), "a=1; SameSite=Lax; Secure; Path=/"),
            (new().same_site(SameSite::Strict), "a=1; HttpOnly; SameSite=Strict; Secure; Path=/"),
            (new().same_site(SameSite::None), "a=1; HttpOnly; SameSite=None; Secure; Path=/"),
            (new().partitioned(), "a=1; HttpOnly; SameSite=Lax; Partitioned; Secure; Path=/"),
            (new().path("/b c"), "a=1; HttpOnly; SameSite=Lax; Secure; Path=/b c"),
            (new().domain("a.example"), "a=1; HttpOnly; SameSite=Lax; Secure; Path=/; Domain=a.example"),
            (new().max_age(Duration::from_millis(1999)), "a=1; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1"),
            (new().max_age(Duration::ZERO), "a=1; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"),
            (new().max_age(Duration::MAX), "a=1; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=2147483647"),
            (SetCookie::new("__Host-a", ""), "__Host-a=; HttpOnly; SameSite=Lax; Secure; Path=/"),
        ] {
            assert_eq!(text(&cookie), want);
        }
        let removal = text(&SetCookie::removal("a").path("/b"));
        let want = "a=; HttpOnly; SameSite=Lax; Secure; Path=/b; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
        assert_eq!(removal, want);
    }

    #[test]
    fn nothing_ends_an_attribute_and_begins_another() {
        let new = || SetCookie::new("a", "1");
        for cookie in [
            SetCookie::new("", "1"),
            SetCookie::new("a b", "1"),
            SetCookie::new("a=b", "1"),
            SetCookie::new("a;b", "1"),
            SetCookie::new("é", "1"),
            SetCookie::new("a\r\nx", "1"),
            SetCookie::new("a", "1; Domain=evil.example"),
            SetCookie::new("a", "1\r\nSet-Cookie: b=2"),
            SetCookie::new("a", "1 2"),
            SetCookie::new("a", "\"1\""),
            SetCookie::new("a", "1,2"),
            SetCookie::new("a", "é"),
            SetCookie::new("a", "\0"),
            new().path("/; Domain=evil.example"),
            new().path("/\r\nx"),
            new().path("b"),
            new().path(""),
            new().path("/é"),
            new().domain("a.example; Path=/b"),
            new().domain("a.example\n"),
            new().domain(""),
            new().domain("a..example"),
            new().domain("a.example/b"),
            new().same_site(SameSite::None).insecure(),
            new().partitioned().insecure(),
            SetCookie::new("__Host-a", "1").path("/b"),
            SetCookie::new("__host-a", "1").domain("a.example"),
            SetCookie::new("__Secure-a", "1").insecure(),
            SetCookie::new("a", "1".repeat(LONGEST)),
        ] {
            assert!(cookie.to_value().expect_err("unfit").is_link(), "{cookie:?}");
            let response = (cookie, "text").into_response();
            assert_eq!(response.status(), 500);
            assert!(!response.headers().contains_key(SET_COOKIE));
        }
    }

    #[test]
    fn on_loopback_only_those_that_ask_for_it_stay_secure() {
        let mut headers = HeaderMap::new();
        let cookies = vec![
            SetCookie::new("a", "Secure"),
            SetCookie::new("__Host-a", "1"),
            SetCookie::new("b", "1").same_site(SameSite::None),
        ];
        cookies.add_to(&mut headers).expect("cookies");
        relax_for_loopback(&mut headers);
        let values: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
        assert_eq!(
            values,
            [
                "a=Secure; HttpOnly; SameSite=Lax; Path=/",
                "__Host-a=1; HttpOnly; SameSite=Lax; Secure; Path=/",
                "b=1; HttpOnly; SameSite=None; Secure; Path=/"
            ]
        );
        relax_for_loopback(&mut HeaderMap::new());
    }

    proptest! {
        #[test]
        fn any_text_is_sent_as_it_is_or_not_at_all(name: String, value: String, path: String, domain: String) {
            for cookie in [SetCookie::new(&name, "1"), SetCookie::new("a", &value), SetCookie::new("a", "1").path(&path).domain(domain)] {
                if let Ok(sent) = cookie.to_value() {
                    let sent = sent.to_str().expect("ASCII").to_owned();
                    prop_assert!(sent.split("; ").count() <= 6, "{}", sent);
                    prop_assert!(!sent.contains(['\r', '\n', '\0']));
                }
            }
        }
    }
}

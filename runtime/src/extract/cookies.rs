//! The cookies of a request: one parser for `#[cookie]` inputs and the [`Cookies`] argument.

use std::borrow::Cow;
use std::convert::Infallible;

use http::HeaderMap;
use http::header::COOKIE;

use crate::extract::FromRequest;
use crate::extract::values::{Detail, utf8};
use crate::request::Request;

/// Every cookie that came with the request, as names and values.
///
/// They are read as browsers send them (RFC 6265 section 4.2): pairs between semicolons, over several lines as HTTP/2
/// may send them (RFC 9113 section 8.2.3). Quotes around a value are not part of it; inside them `\073` is a byte by
/// its octal number and `\x` is `x`, as other servers write what may not stand in a cookie. A cookie without an
/// equals sign, or that is not UTF-8, is passed over. For one cookie of a known type write `#[cookie]`.
///
/// ```standalone_crate
/// use squall::{Application, Cookies, get, testing::TestClient};
///
/// #[get("/theme")]
/// async fn theme(cookies: Cookies) -> String {
///     cookies.get("theme").unwrap_or("light").to_owned()
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let answer = client.get("/theme").header("cookie", "lang=de; theme=dark").await?;
/// assert_eq!(answer.text()?, "dark");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// The cookies of these header fields.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(COOKIE).into_iter();
        let pairs = lines.flat_map(|line| cookies(line.as_bytes()));
        let texts = pairs
            .filter_map(|(name, value)| Some((utf8(name).ok()?.into_owned(), cookie_text(value).ok()?.into_owned())));
        Self(texts.collect())
    }

    /// The value of a cookie. Of several with one name it is the last, as one site may hold some for different paths.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All names and values in the order of the request.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromRequest for Cookies {
    type Rejection = Infallible;

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        Ok(Self::of(request.headers()))
    }
}

/// `name=value` pairs of one Cookie line as browsers send them; a pair without a name is passed over.
pub(crate) fn cookies(line: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    line.split(|byte| *byte == b';').filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let name = pair[..at].trim_ascii();
        (!name.is_empty()).then(|| (name, pair[at + 1..].trim_ascii()))
    })
}

/// A cookie's value without the quotes that may stand around it (RFC 6265 section 4.1.1). Inside them other servers
/// write `\073` for a byte that cannot stand in a cookie, and `\x` for a character that would end the quotation.
pub(crate) fn cookie_text(value: &[u8]) -> Result<Cow<'_, str>, Detail> {
    let Some(quoted) = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")) else {
        return utf8(value);
    };
    if !quoted.contains(&b'\\') {
        return utf8(quoted);
    }
    let mut bytes = Vec::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'\\', [high @ b'0'..=b'3', middle @ b'0'..=b'7', low @ b'0'..=b'7', after @ ..]) => {
                bytes.push((high - b'0') * 64 + (middle - b'0') * 8 + (low - b'0'));
                rest = after;
            }
            (b'\\', [escaped, after @ ..]) => {
                bytes.push(*escaped);
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| "is not UTF-8".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use proptest::prelude::*;

    fn read(lines: &[&str]) -> Cookies {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(COOKIE, HeaderValue::from_str(line).expect("a line"));
        }
        Cookies::of(&headers)
    }

    #[test]
    fn reads_as_browsers_write() {
        assert_eq!(read(&["foo=\"a;b\""]).get("foo"), Some("\"a"));
        assert_eq!(read(&[r#"foo="a\073b""#]).get("foo"), Some("a;b"));
        assert_eq!(read(&[r"foo=a\073b"]).get("foo"), Some(r"a\073b"));
        assert_eq!(read(&["a=1; a=2"]).get("a"), Some("2"));
        assert_eq!(read(&["/=x; foo=bar"]).get("foo"), Some("bar"));
        assert_eq!(read(&["=x; a=1"]).iter().collect::<Vec<_>>(), [("a", "1")], "one without a name is none");
        let both = read(&["a=1", "b=2"]);
        assert_eq!(both.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
    }

    #[test]
    fn what_is_no_text_is_passed_over() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_bytes(b"a=\xFF; b=2; c").expect("opaque bytes"));
        assert_eq!(Cookies::of(&headers).iter().collect::<Vec<_>>(), [("b", "2")]);
    }

    #[test]
    fn escapes_are_undone_in_one_pass() {
        let escapes = 100_000;
        let text = format!("\"{}\"", "\\\\".repeat(escapes));
        // Each escape leaves one byte: none is looked at again, or this would be shorter.
        assert_eq!(cookie_text(text.as_bytes()).expect("text"), "\\".repeat(escapes));
    }

    #[test]
    fn every_byte_is_given_once() {
        for length in [1_000, 10_000] {
            let line: Vec<u8> = b"a=\";=; ".iter().copied().cycle().take(length).collect();
            let given: usize = cookies(&line).map(|(name, value)| name.len() + value.len()).sum();
            assert!(given <= length, "{given} bytes of {length}");
        }
    }

    proptest! {
        #[test]
        fn pairs_are_found_as_by_hand(line in "[abc=; \"\\\\017]{0,40}") {
            let naive: Vec<(String, String)> = line
                .split(';')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
                .filter(|(name, _)| !name.is_empty())
                .collect();
            let found: Vec<(String, String)> = cookies(line.as_bytes())
                .map(|(name, value)| (String::from_utf8_lossy(name).into(), String::from_utf8_lossy(value).into()))
                .collect();
            prop_assert_eq!(found, naive);
        }

        #[test]
        fn what_other_servers_quote_comes_back(text in "[ -~é]{0,20}") {
            let mut quoted = String::from("\"");
            for byte in text.bytes() {
                match byte {
                    b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
                    b'a'..=b'z' | b' ' => quoted.push(char::from(byte)),
                    other => quoted.push_str(&format!("\\{other:03o}")),
                }
            }
            quoted.push('"');
            prop_assert_eq!(cookie_text(quoted.as_bytes()).expect("text"), text);
        }
    }
}

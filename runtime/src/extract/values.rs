//! The raw values of one input: every occurrence in the query, the header or the cookies.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::{COOKIE, GetAll, HeaderValue};
use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;

/// What is wrong with a value, in words that follow the name of the input.
pub(crate) type Detail = Cow<'static, str>;

/// One occurrence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Value<'a> {
    pub(crate) text: Cow<'a, str>,
    /// `?name` without an equals sign.
    pub(crate) bare: bool,
}

/// The occurrences of one input in the request, not yet read.
pub struct Values<'a>(Source<'a>);

enum Source<'a> {
    Query { query: &'a str, name: &'a str },
    Header(GetAll<'a, HeaderValue>),
    Cookie { lines: GetAll<'a, HeaderValue>, name: &'a str },
}

impl<'a> Values<'a> {
    pub(crate) fn query(query: Option<&'a str>, name: &'a str) -> Self {
        Self(Source::Query { query: query.unwrap_or_default(), name })
    }

    pub(crate) fn header(headers: &'a HeaderMap, name: &str) -> Self {
        Self(Source::Header(headers.get_all(name)))
    }

    pub(crate) fn cookie(headers: &'a HeaderMap, name: &'a str) -> Self {
        Self(Source::Cookie { lines: headers.get_all(COOKIE), name })
    }

    /// The value of an input that there is one of.
    ///
    /// A query parameter given twice is refused: two readers could take different ones. Header lines of one name are
    /// one list (RFC 9110 section 5.3). Of cookies the last counts, as one site may hold several for different paths.
    pub(crate) fn one(self) -> Result<Option<Value<'a>>, Detail> {
        match self.0 {
            Source::Query { query, name } => {
                let mut values = query_values(query, name);
                let first = values.next().transpose()?;
                if values.next().is_some() { Err("is given more than once".into()) } else { Ok(first) }
            }
            Source::Header(lines) => {
                let mut values = header_values(lines);
                let Some(mut first) = values.next().transpose()? else { return Ok(None) };
                for more in values {
                    let list = first.text.to_mut();
                    list.push_str(", ");
                    list.push_str(&more?.text);
                }
                Ok(Some(first))
            }
            Source::Cookie { lines, name } => cookie_values(lines, name).last().transpose(),
        }
    }

    /// Every occurrence in the order of the request.
    pub(crate) fn all(self) -> Box<dyn Iterator<Item = Occurrence<'a>> + 'a> {
        match self.0 {
            Source::Query { query, name } => Box::new(query_values(query, name)),
            Source::Header(lines) => Box::new(header_values(lines)),
            Source::Cookie { lines, name } => Box::new(cookie_values(lines, name)),
        }
    }
}

type Occurrence<'a> = Result<Value<'a>, Detail>;

fn query_values<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = Occurrence<'a>> {
    let named = pairs(query).filter(move |(key, _)| is_named(key, name));
    named.map(|(_, value)| Ok(Value { text: form_decoded(value.unwrap_or_default())?, bare: value.is_none() }))
}

fn header_values(lines: GetAll<'_, HeaderValue>) -> impl Iterator<Item = Occurrence<'_>> {
    lines.into_iter().map(|line| Ok(Value { text: utf8(line.as_bytes())?, bare: false }))
}

fn cookie_values<'a>(lines: GetAll<'a, HeaderValue>, name: &'a str) -> impl Iterator<Item = Occurrence<'a>> {
    let pairs = lines.into_iter().flat_map(|line| cookies(line.as_bytes()));
    let named = pairs.filter(move |(key, _)| *key == name.as_bytes());
    named.map(|(_, value)| Ok(Value { text: cookie_text(value)?, bare: false }))
}

/// Reads a whole query into a serde struct.
pub(crate) fn query_of<T: DeserializeOwned>(query: Option<&str>) -> Result<T, Detail> {
    let query = query.unwrap_or_default();
    // The reader itself would put U+FFFD in the place of what it cannot decode.
    form_decoded(query)?;
    serde_html_form::from_str(query).map_err(|error| error.to_string().into())
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| match pair.split_once('=') {
        Some((key, value)) => (key, Some(value)),
        None => (pair, None),
    })
}

fn is_named(key: &str, name: &str) -> bool {
    key == name || (key.contains(['%', '+']) && form_decoded(key).is_ok_and(|key| key == name))
}

/// `application/x-www-form-urlencoded` (WHATWG URL section 5.1), strict about UTF-8.
fn form_decoded(text: &str) -> Result<Cow<'_, str>, Detail> {
    if !text.contains(['%', '+']) {
        return Ok(Cow::Borrowed(text));
    }
    let spaced = text.replace('+', " ");
    match percent_decode(spaced.as_bytes()).decode_utf8() {
        Ok(text) => Ok(Cow::Owned(text.into_owned())),
        Err(_) => Err("is not UTF-8".into()),
    }
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Detail> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| "is not UTF-8".into())
}

/// `name=value` pairs of one Cookie line as browsers send them; a pair without a name is passed over.
fn cookies(line: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    line.split(|byte| *byte == b';').filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        Some((pair[..at].trim_ascii(), pair[at + 1..].trim_ascii()))
    })
}

/// A cookie's value without the quotes that may stand around it (RFC 6265 section 4.1.1). Inside them other servers
/// write `\073` for a byte that cannot stand in a cookie, and `\x` for a character that would end the quotation.
fn cookie_text(value: &[u8]) -> Result<Cow<'_, str>, Detail> {
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

    fn texts(values: Values<'_>) -> Vec<String> {
        values.all().map(|value| value.expect("text").text.into_owned()).collect()
    }

    #[test]
    fn finds_every_occurrence_in_a_query() {
        let query = Some("tag=a&x=1&tag=b+c&&t%61g=%C3%A9&tag&tags=no");
        assert_eq!(texts(Values::query(query, "tag")), ["a", "b c", "é", ""]);
        assert!(Values::query(query, "tag").one().is_err());
        assert_eq!(Values::query(query, "y").one(), Ok(None));
        assert_eq!(Values::query(Some("x=%FF"), "x").one(), Err("is not UTF-8".into()));
        let bare = Values::query(Some("x"), "x").one().expect("one").expect("some");
        assert!(bare.bare && bare.text.is_empty());
    }

    #[test]
    fn header_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        headers.append("x-a", HeaderValue::from_static("1"));
        headers.append("x-a", HeaderValue::from_static("2"));
        let one = Values::header(&headers, "x-a").one().expect("one").expect("some");
        assert_eq!(one.text, "1, 2");
        assert_eq!(texts(Values::header(&headers, "x-a")), ["1", "2"]);
    }

    #[test]
    fn cookies_are_split_as_browsers_send_them() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; b=\"q\"; a=2; =x; c; d=e=f"));
        headers.append(COOKIE, HeaderValue::from_static("late=3"));
        let one = |name| Values::cookie(&headers, name).one().expect("one").map(|value| value.text.into_owned());
        assert_eq!(one("a").as_deref(), Some("2"));
        assert_eq!(one("b").as_deref(), Some("q"));
        assert_eq!(one("d").as_deref(), Some("e=f"));
        assert_eq!(one("late").as_deref(), Some("3"));
        assert_eq!(one("c"), None);
        assert_eq!(texts(Values::cookie(&headers, "a")), ["1", "2"]);
    }
}

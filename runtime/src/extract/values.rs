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
            Source::Query { .. } => {
                let mut values = self.all();
                let first = values.next().transpose()?;
                if values.next().is_some() { Err("is given more than once".into()) } else { Ok(first) }
            }
            Source::Header(_) => {
                let mut values = self.all();
                let Some(mut first) = values.next().transpose()? else { return Ok(None) };
                for more in values {
                    first.text = Cow::Owned(format!("{}, {}", first.text, more?.text));
                }
                Ok(Some(first))
            }
            Source::Cookie { .. } => self.all().last().transpose(),
        }
    }

    /// Every occurrence in the order of the request.
    pub(crate) fn all(self) -> Box<dyn Iterator<Item = Result<Value<'a>, Detail>> + 'a> {
        match self.0 {
            Source::Query { query, name } => {
                let named = pairs(query).filter(move |(key, _)| is_named(key, name));
                Box::new(named.map(|(_, value)| {
                    Ok(Value { text: form_decoded(value.unwrap_or_default())?, bare: value.is_none() })
                }))
            }
            Source::Header(lines) => {
                Box::new(lines.into_iter().map(|line| Ok(Value { text: utf8(line.as_bytes())?, bare: false })))
            }
            Source::Cookie { lines, name } => Box::new(lines.into_iter().flat_map(move |line| {
                cookies(line.as_bytes())
                    .filter(move |(key, _)| *key == name.as_bytes())
                    .map(|(_, value)| Ok(Value { text: utf8(value)?, bare: false }))
            })),
        }
    }
}

/// Reads a whole query into a serde struct.
pub(crate) fn query_of<T: DeserializeOwned>(query: Option<&str>) -> Result<T, Detail> {
    serde_html_form::from_str(query.unwrap_or_default()).map_err(|error| error.to_string().into())
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
        let value = pair[at + 1..].trim_ascii();
        let unquoted = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\""));
        Some((pair[..at].trim_ascii(), unquoted.unwrap_or(value)))
    })
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

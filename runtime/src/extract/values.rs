//! The raw values of one input: every occurrence in the query, the header or the cookies.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::{COOKIE, GetAll, HeaderValue};

use crate::extract::cookies::{cookie_text, cookies};
use crate::extract::fields::{form_decoded, pairs};
use crate::extract::list::elements;

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

    /// Whether there is a header line and no element in any.
    pub(crate) fn is_empty_list(&self) -> bool {
        match &self.0 {
            Source::Header(lines) => {
                lines.iter().next().is_some() && lines.iter().all(|line| elements(line.as_bytes()).next().is_none())
            }
            Source::Query { .. } | Source::Cookie { .. } => false,
        }
    }

    /// Every occurrence in the order of the request. A header line is a list, too: its elements stand between commas.
    pub(crate) fn all(self) -> Box<dyn Iterator<Item = Occurrence<'a>> + 'a> {
        match self.0 {
            Source::Query { query, name } => Box::new(query_values(query, name)),
            Source::Header(lines) => Box::new(header_elements(lines)),
            Source::Cookie { lines, name } => Box::new(cookie_values(lines, name)),
        }
    }
}

type Occurrence<'a> = Result<Value<'a>, Detail>;

fn query_values<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = Occurrence<'a>> {
    let named = pairs(query.as_bytes()).filter(move |(key, _)| is_named(key, name));
    named.map(|(_, value)| Ok(Value { text: form_decoded(value.unwrap_or_default())?, bare: value.is_none() }))
}

fn header_values(lines: GetAll<'_, HeaderValue>) -> impl Iterator<Item = Occurrence<'_>> {
    lines.into_iter().map(|line| Ok(Value { text: utf8(line.as_bytes())?, bare: false }))
}

fn header_elements(lines: GetAll<'_, HeaderValue>) -> impl Iterator<Item = Occurrence<'_>> {
    let all = lines.into_iter().flat_map(|line| elements(line.as_bytes()));
    all.map(|element| Ok(Value { text: utf8(element)?, bare: false }))
}

fn cookie_values<'a>(lines: GetAll<'a, HeaderValue>, name: &'a str) -> impl Iterator<Item = Occurrence<'a>> {
    let pairs = lines.into_iter().flat_map(|line| cookies(line.as_bytes()));
    let named = pairs.filter(move |(key, _)| *key == name.as_bytes());
    named.map(|(_, value)| Ok(Value { text: cookie_text(value)?, bare: false }))
}

fn is_named(key: &[u8], name: &str) -> bool {
    key == name.as_bytes()
        || (key.iter().any(|byte| matches!(byte, b'%' | b'+')) && form_decoded(key).is_ok_and(|key| key == name))
}

pub(crate) fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Detail> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| "is not UTF-8".into())
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

    proptest::proptest! {
        #[test]
        fn occurrences_are_those_among_all_pairs(query in "[ab=&%61+]{0,30}") {
            let read = crate::extract::fields::read_fields::<Vec<(String, String)>>(query.as_bytes());
            // An escape may leave a byte that is no text: refused, as told elsewhere.
            let Ok(all) = read else { return Ok(()) };
            let want: Vec<String> = all.into_iter().filter(|(name, _)| name == "a").map(|(_, value)| value).collect();
            proptest::prop_assert_eq!(texts(Values::query(Some(&query), "a")), want);
        }
    }

    #[test]
    fn header_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        headers.append("x-a", HeaderValue::from_static("1"));
        headers.append("x-a", HeaderValue::from_static("2"));
        let one = Values::header(&headers, "x-a").one().expect("one").expect("some");
        assert_eq!(one.text, "1, 2");
        headers.append("x-a", HeaderValue::from_static("3,, \"4, 5\" ,6"));
        assert_eq!(texts(Values::header(&headers, "x-a")), ["1", "2", "3", "\"4, 5\"", "6"]);
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

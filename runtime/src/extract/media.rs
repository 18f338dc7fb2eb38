//! What the header says about a body: its content type and charset.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// How the text of a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    Utf8,
    Ascii,
    Latin1,
    Unknown,
}

/// A content type (RFC 9110 section 8.3.1).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Media<'a> {
    /// Type and subtype in the case of the sender.
    pub(crate) essence: &'a str,
    /// `None` where nothing is said.
    pub(crate) charset: Option<Charset>,
}

/// The field is there and says nothing that one can rely on: twice, not text, or with parameters that are none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Odd;

impl<'a> Media<'a> {
    /// The content type of a request; `None` where there is none.
    pub(crate) fn of(headers: &'a HeaderMap) -> Result<Option<Self>, Odd> {
        let mut lines = headers.get_all(CONTENT_TYPE).into_iter();
        let Some(line) = lines.next() else { return Ok(None) };
        // Two lines are two opinions, of which another reader may take the other.
        if lines.next().is_some() {
            return Err(Odd);
        }
        Self::parse(line.to_str().map_err(|_| Odd)?).map(Some)
    }

    fn parse(text: &'a str) -> Result<Self, Odd> {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        let mut media = Self { essence: essence.trim(), charset: None };
        let mut rest = parameters.trim_start();
        while !rest.is_empty() {
            let Some(after) = rest.strip_prefix(';') else {
                let (name, after) = rest.split_once('=').ok_or(Odd)?;
                let (value, after) = value(after)?;
                if name.trim().eq_ignore_ascii_case("charset") && media.charset.replace(charset(&value)).is_some() {
                    return Err(Odd);
                }
                let after = after.trim_start();
                if !after.is_empty() && !after.starts_with(';') {
                    return Err(Odd);
                }
                rest = after;
                continue;
            };
            rest = after.trim_start();
        }
        Ok(media)
    }

    /// `application/json` or a structured syntax suffix `+json` (RFC 6839 section 3.1).
    pub(crate) fn is_json(&self) -> bool {
        let Some((kind, subtype)) = self.essence.split_once('/') else { return false };
        let suffix = subtype.len().checked_sub(5).and_then(|at| subtype.get(at..));
        kind.eq_ignore_ascii_case("application")
            && (subtype.eq_ignore_ascii_case("json")
                || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("+json")))
    }

    /// `application/x-www-form-urlencoded`.
    pub(crate) fn is_form(&self) -> bool {
        self.essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    }

    /// Whether its text can be read as UTF-8.
    pub(crate) fn is_utf8(&self) -> bool {
        matches!(self.charset, None | Some(Charset::Utf8 | Charset::Ascii))
    }
}

/// The value of a parameter and what follows it: a token, or a quoted string (RFC 9110 section 5.6.4).
fn value(text: &str) -> Result<(Cow<'_, str>, &str), Odd> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = text.split_at(text.find(';').unwrap_or(text.len()));
        return Ok((Cow::Borrowed(value.trim()), rest));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Ok((Cow::Owned(value), &quoted[at + 1..])),
            '\\' => value.push(characters.next().ok_or(Odd)?.1),
            character => value.push(character),
        }
    }
    Err(Odd)
}

/// The charsets that are read, by their names and aliases at IANA.
fn charset(name: &str) -> Charset {
    let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is(&["utf-8", "utf8"]) {
        Charset::Utf8
    } else if is(&["us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us"]) {
        Charset::Ascii
    } else if is(&["iso-8859-1", "iso_8859-1", "latin1", "l1"]) {
        Charset::Latin1
    } else {
        Charset::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_json_by_its_type() {
        for (text, want) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/problem+json", true),
            ("application/vnd.api+JSON;", true),
            ("text/json", false),
            ("application/jsonp", false),
            ("application/json, text/plain", false),
            ("", false),
        ] {
            assert_eq!(Media::parse(text).expect("a type").is_json(), want, "{text}");
        }
    }

    #[test]
    fn finds_the_charset_among_parameters() {
        for (text, want) in [
            ("text/plain", Ok(None)),
            ("text/plain;", Ok(None)),
            ("text/plain; format=flowed; CharSet=UTF-8", Ok(Some(Charset::Utf8))),
            (r#"text/plain; a="; charset=x\""; charset="latin1" "#, Ok(Some(Charset::Latin1))),
            ("text/plain;charset=us-ascii;", Ok(Some(Charset::Ascii))),
            ("text/plain; charset=koi8-r", Ok(Some(Charset::Unknown))),
            ("text/plain; charset=utf-8; charset=latin1", Err(Odd)),
            (r#"text/plain; charset="utf-8"#, Err(Odd)),
            (r#"text/plain; charset="utf-8"x"#, Err(Odd)),
            ("text/plain; charset", Err(Odd)),
        ] {
            assert_eq!(Media::parse(text).map(|media| media.charset), want, "{text}");
        }
    }
}

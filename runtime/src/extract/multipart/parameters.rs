//! `value; name=value; name="quoted"`: the content type of a form and the disposition of its parts.

use std::borrow::Cow;

use percent_encoding::percent_decode;

use crate::extract::multipart::MultipartRejection;

/// The value that stands before the first semicolon, and the parameters, names in lower case.
///
/// Reads each byte once: what stands in quotes is never looked into.
pub(super) struct Parameters<'a> {
    pub(super) value: &'a str,
    list: Vec<(String, Cow<'a, str>)>,
}

const MALFORMED: MultipartRejection = MultipartRejection::Malformed("a parameter of a header field cannot be read");
const TWICE: MultipartRejection = MultipartRejection::Malformed("a parameter of a header field is given twice");

impl<'a> Parameters<'a> {
    /// Takes a header field apart.
    pub(super) fn read(text: &'a str) -> Result<Self, MultipartRejection> {
        let (value, mut rest) = text.split_once(';').unwrap_or((text, ""));
        let mut list: Vec<(String, Cow<'a, str>)> = Vec::new();
        while !rest.trim_start().is_empty() {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix(';') {
                rest = after;
                continue;
            }
            let (name, after) = rest.split_once('=').ok_or(MALFORMED)?;
            let name = name.trim().to_ascii_lowercase();
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('"') {
                Some(quoted) => unquoted(quoted)?,
                None => {
                    let end = after.find(';').unwrap_or(after.len());
                    (Cow::Borrowed(after[..end].trim_end()), &after[end..])
                }
            };
            let after = after.trim_start();
            if name.is_empty() || !name.bytes().all(is_token) || !(after.is_empty() || after.starts_with(';')) {
                return Err(MALFORMED);
            }
            // Two readers could take different ones. A header field holds a handful, so a scan is enough.
            if list.len() == MOST || list.iter().any(|(known, _)| *known == name) {
                return Err(TWICE);
            }
            list.push((name, value));
            rest = after;
        }
        Ok(Self { value: value.trim(), list })
    }

    /// The parameter of this name.
    pub(super) fn take(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let at = self.list.iter().position(|(known, _)| known == name)?;
        Some(self.list.swap_remove(at).1)
    }
}

/// How many parameters a header field may have.
const MOST: usize = 16;

/// What stands in quotes, and what follows. A backslash escapes a quote and a backslash; before anything else it is
/// part of a name, as `C:\photo.png` is sent by some.
fn unquoted(text: &str) -> Result<(Cow<'_, str>, &str), MultipartRejection> {
    let bytes = text.as_bytes();
    let mut unescaped: Option<String> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'"', _) => {
                let value = match unescaped {
                    None => Cow::Borrowed(&text[..at]),
                    Some(mut value) => {
                        value.push_str(&text[copied..at]);
                        Cow::Owned(value)
                    }
                };
                return Ok((value, &text[at + 1..]));
            }
            (b'\\', Some(b'"' | b'\\')) => {
                unescaped.get_or_insert_default().push_str(&text[copied..at]);
                copied = at + 1;
                at += 2;
            }
            _ => at += 1,
        }
    }
    Err(MALFORMED)
}

/// `token` of RFC 9110 section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Undoes what browsers do to names of fields and files: they send `"`, CR and LF as `%22`, `%0D` and `%0A`, and
/// nothing else (HTML, "multipart/form-data encoding algorithm").
pub(super) fn browser_decoded(text: Cow<'_, str>) -> String {
    if !text.contains('%') {
        return text.into_owned();
    }
    let mut decoded = String::with_capacity(text.len());
    let mut pieces = text.split('%');
    decoded.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let known = piece.get(..2).and_then(|digits| match digits {
            "22" => Some('"'),
            "0D" | "0d" => Some('\r'),
            "0A" | "0a" => Some('\n'),
            _ => None,
        });
        match known {
            Some(c) => {
                decoded.push(c);
                decoded.push_str(&piece[2..]);
            }
            None => {
                decoded.push('%');
                decoded.push_str(piece);
            }
        }
    }
    decoded
}

/// `UTF-8''%C3%A1b.txt` (RFC 8187 section 3.2), or ISO-8859-1 instead of UTF-8; `None` where it is neither.
pub(super) fn extended(text: &str) -> Option<String> {
    let (charset, rest) = text.split_once('\'')?;
    let (_language, value) = rest.split_once('\'')?;
    let bytes: Vec<u8> = percent_decode(value.as_bytes()).collect();
    if charset.eq_ignore_ascii_case("utf-8") {
        String::from_utf8(bytes).ok()
    } else if charset.eq_ignore_ascii_case("iso-8859-1") {
        Some(bytes.into_iter().map(char::from).collect())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(text: &str, name: &str) -> Option<String> {
        Parameters::read(text).expect("readable").take(name).map(Cow::into_owned)
    }

    #[test]
    fn quotes_hide_what_stands_in_them() {
        let text = r#"form-data; filename="x; name=wrong; \"name=worse"; Name="right""#;
        assert_eq!(take(text, "name").as_deref(), Some("right"));
        assert_eq!(take(text, "filename").as_deref(), Some(r#"x; name=wrong; "name=worse"#));
    }

    #[test]
    fn values_stand_with_and_without_quotes() {
        for (text, want) in [
            ("a; b=c", "c"),
            ("a;b = c ;", "c"),
            ("a; b=\"c\"", "c"),
            ("a; ; B=\"\"", ""),
            (r#"a; b="c\d\\e\"f""#, r#"c\d\e"f"#),
        ] {
            assert_eq!(take(text, "b").as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn a_head_full_of_semicolons_is_read_once() {
        let name = ";\\\"".repeat(5_000);
        let text = format!("form-data; {}filename=\"{name}\"{}", "; ".repeat(5_000), ";".repeat(5_000));
        assert_eq!(take(&text, "filename"), Some(";\"".repeat(5_000)));
        assert!(Parameters::read(&format!("form-data; a=\"{name}")).is_err());
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in ["a; b", "a; b=\"c", "a; =c", "a; b=c; b=d", "a; b=\"c\"d", "a; b\u{e9}=c", "a; b=\"\\\""] {
            assert!(Parameters::read(text).is_err(), "{text}");
        }
        assert!(Parameters::read(&(0..17).map(|n| format!(";p{n}=")).collect::<String>()).is_err());
    }

    #[test]
    fn browsers_encode_three_characters() {
        let decoded = |text: &'static str| browser_decoded(text.into());
        assert_eq!(decoded("a%22b%0D%0a%20%"), "a\"b\r\n%20%");
        assert_eq!(decoded("%%22é%2"), "%\"é%2");
    }

    #[test]
    fn extended_values_say_their_charset() {
        assert_eq!(extended("UTF-8''%C3%A1b.txt").as_deref(), Some("áb.txt"));
        assert_eq!(extended("iso-8859-1'en'%A3").as_deref(), Some("£"));
        assert_eq!(extended("koi8-r''%A3"), None);
        assert_eq!(extended("UTF-8''%FF"), None);
        assert_eq!(extended("a.txt"), None);
    }
}

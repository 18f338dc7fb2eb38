//! An answer that is saved, not shown.

use std::path::Path;

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::response::file::content_type;
use crate::response::{IntoResponse, Response};

/// What stands for itself in an extended value: `attr-char` of RFC 8187 section 3.2.1.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The longest name that file systems take, in bytes.
const LONGEST: usize = 255;

/// A result that browsers save under a name (RFC 6266).
///
/// The name may come from a user: folders before it are cut off, control characters and those that turn the direction of
/// text are left out, and dots and spaces at its ends go. Where nothing is left, it is `download`. A name beyond ASCII
/// is sent in the form of RFC 8187, beside an ASCII one for old clients.
///
/// A result without a content type, as a [`Body`](crate::Body) is, gets the one of the name's ending.
///
/// ```
/// use squall::{Attachment, IntoResponse};
///
/// let response = Attachment::new("../Überblick.csv", "a,b\n1,2\n").into_response();
/// assert_eq!(
///     response.headers()["content-disposition"],
///     "attachment; filename=\"_berblick.csv\"; filename*=UTF-8''%C3%9Cberblick.csv",
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Attachment<T> {
    name: String,
    value: T,
}

impl<T> Attachment<T> {
    /// The result, saved under this name.
    pub fn new(name: impl AsRef<str>, value: T) -> Self {
        Self { name: sanitised(name.as_ref()), value }
    }
}

impl<T: IntoResponse> IntoResponse for Attachment<T> {
    fn into_response(self) -> Response {
        let mut response = self.value.into_response();
        if response.status().is_success() {
            let headers = response.headers_mut();
            headers.insert(CONTENT_DISPOSITION, disposition(&self.name));
            headers.entry(CONTENT_TYPE).or_insert_with(|| content_type(Path::new(&self.name)));
            // What is to be saved must not be guessed to be a page.
            headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        }
        response
    }
}

/// The last part of a path, without what a file name should not hold.
fn sanitised(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = name.chars().filter(|char| !char.is_control() && !turns_text(*char)).collect();
    let is_padding = |char: char| char == '.' || char.is_whitespace();
    let trimmed = kept.trim_matches(is_padding);
    // Too long a name is shortened before its extension, which says what it is.
    let (stem, extension) = match trimmed.rfind('.') {
        Some(at) if trimmed.len() - at <= 32 => trimmed.split_at(at),
        _ => (trimmed, ""),
    };
    let longest = LONGEST - extension.len();
    let end = stem.char_indices().map(|(at, char)| at + char.len_utf8()).take_while(|end| *end <= longest).last();
    let name = format!("{}{extension}", &stem[..end.unwrap_or_default()]);
    if name.is_empty() { "download".to_owned() } else { name }
}

/// Characters without a shape that let `exe.txt` be read out of `txt.exe` (Unicode's bidirectional controls).
fn turns_text(char: char) -> bool {
    matches!(char, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn disposition(name: &str) -> HeaderValue {
    // Clients differ in what a backslash and a percent sign mean here (RFC 6266 appendix D).
    let is_plain = |char: char| (char == ' ' || char.is_ascii_graphic()) && !matches!(char, '"' | '\\' | '%');
    let plain: String = name.chars().map(|char| if is_plain(char) { char } else { '_' }).collect();
    let mut text = format!("attachment; filename=\"{plain}\"");
    if plain != name {
        text.push_str("; filename*=UTF-8''");
        text.extend(utf8_percent_encode(name, VALUE));
    }
    HeaderValue::try_from(text).expect("everything but plain ASCII was encoded")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::body::Body;

    #[test]
    fn names_are_what_file_systems_take() {
        for (given, want) in [
            ("report.pdf", "report.pdf"),
            ("/etc/passwd", "passwd"),
            ("C:\\temp\\a.txt", "a.txt"),
            ("..", "download"),
            ("", "download"),
            ("a/", "download"),
            (" .hidden. ", "hidden"),
            ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
            ("a\0b", "ab"),
            ("gpj\u{202E}exe.jpg", "gpjexe.jpg"),
            ("a b.txt", "a b.txt"),
        ] {
            assert_eq!(sanitised(given), want, "{given:?}");
        }
        let long = format!("{}.txt", "é".repeat(300));
        let name = sanitised(&long);
        assert!(name.len() <= LONGEST && name.ends_with("é.txt"), "{name}");
    }

    #[test]
    fn both_forms_stand_where_one_is_not_enough() {
        for (name, want) in [
            ("a b.txt", "attachment; filename=\"a b.txt\""),
            ("a\"b.txt", "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt"),
            ("100%.txt", "attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt"),
            ("a;b.txt", "attachment; filename=\"a;b.txt\""),
            ("€'*.txt", "attachment; filename=\"_'*.txt\"; filename*=UTF-8''%E2%82%AC%27%2A.txt"),
        ] {
            assert_eq!(disposition(name), want);
        }
    }

    #[test]
    fn a_failure_is_not_saved() {
        let response = Attachment::new("a.txt", None::<&'static str>).into_response();
        assert!(!response.headers().contains_key(CONTENT_DISPOSITION), "{response:?}");
    }

    #[test]
    fn the_name_tells_the_type_where_the_result_does_not() {
        let type_of = |response: Response| response.headers()[CONTENT_TYPE].to_str().expect("text").to_owned();
        for (name, want) in [
            ("a.csv", "text/csv; charset=utf-8"),
            ("a.pdf", "application/pdf"),
            ("a", "application/octet-stream"),
            ("", "application/octet-stream"),
        ] {
            assert_eq!(type_of(Attachment::new(name, Body::from("a")).into_response()), want, "{name:?}");
        }
        assert_eq!(type_of(Attachment::new("a.csv", "a").into_response()), "text/plain; charset=utf-8");
    }

    proptest! {
        #[test]
        fn any_name_makes_one_quoted_field(name in any::<String>()) {
            let value = disposition(&sanitised(&name));
            let text = value.to_str().expect("ASCII");
            prop_assert_eq!(text.matches('"').count(), 2);
            prop_assert!(!text.contains('\\') && sanitised(&name).len() <= LONGEST);
            if let Some((_, extended)) = text.split_once("filename*=UTF-8''") {
                let read = percent_encoding::percent_decode_str(extended).decode_utf8().expect("UTF-8");
                prop_assert_eq!(read, sanitised(&name));
            }
        }
    }
}

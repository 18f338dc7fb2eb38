//! Conditional requests and ranges: what is sent is the whole, a part of it that was asked for, or a refusal.

use squall::http::HeaderMap;
use squall::{Conditional, Conditions, ETag, Method, get};

use crate::ask;

/// What is served: the letters, with a tag of their own.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

type Tagged = ([(&'static str, &'static str); 2], &'static [u8]);

/// The letters.
#[get("/letters", register = false)]
pub(crate) fn letters(conditions: Conditions) -> Conditional<Tagged> {
    let fields = [("etag", "\"letters\""), ("last-modified", "Sat, 01 Jan 2000 00:00:00 GMT")];
    conditions.answer((fields, LETTERS))
}

/// A file.
#[get("/file", register = false)]
pub(crate) async fn file(conditions: Conditions) -> squall::Result<Conditional<squall::File>> {
    Ok(conditions.answer(squall::File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/letters.txt")).await?))
}

/// Each line is one field: the first five those of RFC 9110 section 13.1, the sixth the range.
pub(crate) fn conditions(bytes: &[u8]) {
    const NAMES: [&str; 6] =
        ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range"];
    let lines = bytes.split(|byte| *byte == b'\n').take(12);
    let fields: Vec<(&str, &[u8])> =
        NAMES.into_iter().cycle().zip(lines).filter(|(_, line)| !line.is_empty()).collect();
    for path in ["/letters", "/file"] {
        let Some(reply) = ask("GET", path, &fields, b"") else { return };
        match reply.status.as_u16() {
            200 => assert_eq!(reply.body, LETTERS),
            206 => assert!(
                reply.headers.contains_key("content-range")
                    || reply.headers["content-type"].to_str().expect("ASCII").starts_with("multipart/byteranges")
            ),
            304 | 412 => {}
            416 => assert_eq!(reply.headers["content-range"], "bytes */26"),
            other => panic!("{other} for {fields:?}"),
        }
        if reply.status == 304 {
            assert!(reply.body.is_empty());
        }
    }
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        if let Ok(value) = value.try_into() {
            headers.append(name, value);
        }
    }
    for method in [Method::GET, Method::HEAD, Method::PUT] {
        // It holds or it does not: two looks say the same.
        let read = Conditions::of(&method, &headers);
        let tag = ETag::strong("letters").ok();
        assert_eq!(read.check(tag.as_ref(), None).is_ok(), read.check(tag.as_ref(), None).is_ok());
    }
}

pub(crate) fn etag(bytes: &[u8]) {
    let Some(tag) = ETag::parse(bytes) else {
        let is_tag = |text: &[u8]| text.len() > 1 && text.starts_with(b"\"") && text.ends_with(b"\"");
        let opaque = bytes.strip_prefix(b"W/").unwrap_or(bytes);
        let inner = opaque.get(1..opaque.len().saturating_sub(1)).unwrap_or_default();
        let plain = inner.iter().all(|byte| matches!(byte, b'!' | b'#'..=b'~' | 0x80..));
        assert!(!(is_tag(opaque) && plain), "{} is a tag", bytes.escape_ascii());
        return;
    };
    assert_eq!(tag.to_value().as_bytes(), bytes, "what was read is written as it came");
    assert!(tag.matches_weakly(&tag) && tag.matches_strongly(&tag) != tag.is_weak());
}

/// One range of the letters, held against a naive reader.
pub(crate) fn range(bytes: &[u8]) {
    let field = [b"bytes=", bytes].concat();
    let Some(reply) = ask("GET", "/file", &[("range", &field)], b"") else { return };
    let naive = std::str::from_utf8(bytes).ok().and_then(naive);
    match (reply.status.as_u16(), naive) {
        (206, Some(want)) => assert_eq!(reply.body, LETTERS[want.clone()], "{want:?}"),
        // More than one range, or none that this reader knows.
        (206 | 416, None) => assert!(bytes.iter().any(|byte| matches!(byte, b',' | b' ' | b'\t' | b'-'))),
        (200, None) => assert_eq!(reply.body, LETTERS),
        (200, Some(want)) => assert_eq!(want, 0..26, "the whole is sent for a part"),
        (416, Some(want)) => assert!(want.is_empty(), "{want:?} is there"),
        (status, want) => panic!("{status} for {want:?}"),
    }
}

/// `first-last`, `first-` or `-suffix`; an empty range where it begins behind the end.
fn naive(text: &str) -> Option<std::ops::Range<usize>> {
    let (first, last) = text.split_once('-')?;
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // What is too large for a number is beyond every end.
        is_number.then(|| text.parse::<usize>().unwrap_or(usize::MAX))
    };
    if first.is_empty() {
        let suffix = number(last)?.min(26);
        return Some(26 - suffix..26);
    }
    let first = number(first)?;
    let last = if last.is_empty() { usize::MAX } else { number(last)? };
    (first <= last).then(|| first.min(26)..last.saturating_add(1).min(26))
}

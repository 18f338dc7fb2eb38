//! The parameters of the matched path, kept as ranges: nothing is copied until a handler asks.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;

/// How many ranges fit without an allocation.
const INLINE: usize = 4;

/// Which bytes of the request path each parameter covers, in the order of the pattern.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    inline: [(u16, u16); INLINE],
    length: usize,
    more: Vec<(u16, u16)>,
    /// The path that they cover, where the request may have another one by now.
    path: Option<Box<str>>,
}

impl Params {
    /// Adds the next parameter. A target has at most 65,534 bytes (`http::Uri`), so both ends fit.
    pub(crate) fn push(&mut self, range: &Range<usize>) {
        let ends = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let range = (ends(range.start), ends(range.end));
        if let Some(slot) = self.inline.get_mut(self.length) {
            *slot = range;
        } else {
            self.more.push(range);
        }
        self.length += 1;
    }

    /// Keeps the path that they cover, as that of the request may change now.
    pub(crate) fn keep(&mut self, path: &str) {
        if self.length > 0 && self.path.is_none() {
            self.path = Some(path.into());
        }
    }

    /// The text of parameter `index` in `path`, still percent-encoded.
    pub(crate) fn text<'a>(&'a self, path: &'a str, index: usize) -> Option<&'a str> {
        let path = self.path.as_deref().unwrap_or(path);
        if index >= self.length {
            return None;
        }
        let (start, end) = self.inline.get(index).or_else(|| self.more.get(index - INLINE))?;
        path.get(usize::from(*start)..usize::from(*end))
    }
}

/// A path parameter as the handler sees it; the error says what is wrong with it.
///
/// Decoding happens after the match, so an encoded slash is data. Text that is no UTF-8, NUL, and segments that
/// decode to `.` or `..` are refused: no handler has to think of them.
pub(crate) fn percent_decoded(raw: &str) -> Result<Cow<'_, str>, &'static str> {
    // Nearly every parameter holds none of the bytes that the rules below look for: one pass tells.
    if !raw.bytes().any(|byte| matches!(byte, b'%' | b'.' | b'/' | 0)) {
        return Ok(Cow::Borrowed(raw));
    }
    let text = if raw.contains('%') {
        let bytes = raw.as_bytes();
        let escaped = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        if bytes.iter().enumerate().any(|(at, byte)| *byte == b'%' && !escaped(at)) {
            return Err("has a `%` that begins no escape");
        }
        percent_decode_str(raw).decode_utf8().map_err(|_| "is not UTF-8")?
    } else {
        Cow::Borrowed(raw)
    };
    if text.contains('\0') {
        return Err("contains NUL");
    }
    if text.split('/').any(|piece| piece == "." || piece == "..") {
        return Err("must not be `.` or `..`");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_any_number_of_ranges() {
        let path = "0123456789";
        let mut params = Params::default();
        for at in 0..9 {
            params.push(&(at..at + 1));
        }
        for at in 0..9 {
            assert_eq!(params.text(path, at), Some(&path[at..=at]));
        }
        assert_eq!(params.text(path, 9), None);
    }

    #[test]
    fn decodes_strictly() {
        assert_eq!(percent_decoded("a%20b%2Fc").as_deref(), Ok("a b/c"));
        assert!(matches!(percent_decoded("plain"), Ok(Cow::Borrowed("plain"))));
        for bad in ["%FF", "%00", "%2e%2E", "..", "a%2f..%2fb", "%", "%4", "%zz"] {
            assert!(percent_decoded(bad).is_err(), "{bad}");
        }
    }
}

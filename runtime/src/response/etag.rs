//! Entity tags: which version of a representation this is (RFC 9110 section 8.8.3).

use std::fmt;

use http::header::HeaderValue;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// An entity tag, strong or weak (RFC 9110 section 8.8.3).
///
/// A strong tag says that the bytes are the same, a weak one (`W/".."`) that they mean the same. Parts of a body can
/// be put together only under a strong one.
///
/// ```
/// use squall::ETag;
///
/// let tag = ETag::strong("v7")?;
/// assert_eq!(tag.to_string(), "\"v7\"");
/// assert!(tag.matches_weakly(&ETag::weak("v7")?));
/// assert!(!tag.matches_strongly(&ETag::weak("v7")?));
/// # Ok::<(), squall::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ETag {
    weak: bool,
    /// What stands between the quotes; judged.
    opaque: Box<[u8]>,
}

impl ETag {
    /// A strong tag of a text such as a version or a revision.
    ///
    /// # Errors
    /// [`Error::is_link`] where the text holds a quote, white space or a control character.
    pub fn strong(opaque: impl AsRef<str>) -> Result<Self> {
        Self::new(false, opaque.as_ref())
    }

    /// A weak tag of a text.
    ///
    /// # Errors
    /// [`Error::is_link`] where the text holds a quote, white space or a control character.
    pub fn weak(opaque: impl AsRef<str>) -> Result<Self> {
        Self::new(true, opaque.as_ref())
    }

    fn new(weak: bool, opaque: &str) -> Result<Self> {
        if !opaque.bytes().all(is_opaque) {
            return Err(Error::link(format!("{opaque:?} cannot stand in an entity tag")));
        }
        Ok(Self { weak, opaque: opaque.as_bytes().into() })
    }

    /// The strong tag of these bytes: the first half of their SHA-256.
    ///
    /// It is the same on every machine, and nobody can make two contents of one tag, which a faster hash would allow
    /// whoever writes the contents.
    ///
    /// ```
    /// let tag = squall::ETag::of(b"");
    /// assert_eq!(tag.to_string(), "\"e3b0c44298fc1c149afbf4c8996fb924\"");
    /// ```
    pub fn of(bytes: &[u8]) -> Self {
        let hash = Sha256::digest(bytes);
        let opaque: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { weak: false, opaque: opaque.into_bytes().into() }
    }

    /// Reads one tag as it stands in a header field, quotes included; `None` where it is none.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let (tag, rest) = first_of(text)?;
        rest.is_empty().then_some(tag)
    }

    /// Whether it is weak.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    /// Whether both are strong and the same: for `If-Match` and `If-Range` (RFC 9110 section 8.8.3.2).
    pub fn matches_strongly(&self, other: &Self) -> bool {
        !self.weak && self == other
    }

    /// Whether both are the same but for being weak: for `If-None-Match` (RFC 9110 section 8.8.3.2).
    pub fn matches_weakly(&self, other: &Self) -> bool {
        self.opaque == other.opaque
    }

    /// The value of the header field `ETag`.
    pub fn to_value(&self) -> HeaderValue {
        let mut text = Vec::with_capacity(self.opaque.len() + 4);
        text.extend_from_slice(if self.weak { b"W/\"" } else { b"\"" });
        text.extend_from_slice(&self.opaque);
        text.push(b'"');
        HeaderValue::from_bytes(&text).expect("what stands between the quotes was judged")
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weak = if self.weak { "W/" } else { "" };
        write!(f, "{weak}\"{}\"", String::from_utf8_lossy(&self.opaque))
    }
}

/// `etagc`: visible, and no quote; bytes beyond ASCII are allowed as they always were.
fn is_opaque(byte: u8) -> bool {
    byte == 0x21 || (0x23..=0x7E).contains(&byte) || byte >= 0x80
}

/// The tag a text begins with, and what follows it.
fn first_of(text: &[u8]) -> Option<(ETag, &[u8])> {
    let (weak, rest) = match text.strip_prefix(b"W/") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let rest = rest.strip_prefix(b"\"")?;
    let end = rest.iter().position(|byte| !is_opaque(*byte))?;
    let (opaque, rest) = rest.split_at(end);
    Some((ETag { weak, opaque: opaque.into() }, rest.strip_prefix(b"\"")?))
}

/// What `If-Match` and `If-None-Match` list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tags {
    /// `*`: any version, as long as there is one.
    pub(crate) any: bool,
    pub(crate) listed: Vec<ETag>,
}

impl Tags {
    /// Adds what one line of the field lists. What is no tag is passed over up to the next comma, and matches nothing.
    pub(crate) fn add(&mut self, line: &[u8]) {
        let mut rest = line;
        loop {
            rest = rest.trim_ascii_start();
            // A comma may stand inside a tag, so the tag is read first.
            let (tag, after) = match first_of(rest) {
                Some((tag, after)) => (Some(tag), after),
                None => (None, rest),
            };
            let end = after.iter().position(|byte| *byte == b',').unwrap_or(after.len());
            let between = after[..end].trim_ascii();
            match tag {
                Some(tag) if between.is_empty() => self.listed.push(tag),
                None if between == b"*" => self.any = true,
                _ => {}
            }
            if end == after.len() {
                return;
            }
            rest = &after[end + 1..];
        }
    }

    pub(crate) fn match_strongly(&self, current: Option<&ETag>) -> bool {
        self.any || current.is_some_and(|tag| self.listed.iter().any(|listed| listed.matches_strongly(tag)))
    }

    pub(crate) fn match_weakly(&self, current: Option<&ETag>) -> bool {
        self.any || current.is_some_and(|tag| self.listed.iter().any(|listed| listed.matches_weakly(tag)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tags(line: &str) -> Vec<String> {
        let mut tags = Tags::default();
        tags.add(line.as_bytes());
        tags.listed.iter().map(ToString::to_string).chain(tags.any.then(|| "*".to_owned())).collect()
    }

    #[test]
    fn lists_are_read_as_they_are_written() {
        for (line, want) in [
            (r#""a""#, &["\"a\""][..]),
            (r#" W/"a" , "b,c","" "#, &["W/\"a\"", "\"b,c\"", "\"\""]),
            ("*", &["*"]),
            (" * ", &["*"]),
            (r#", ,"a",,"#, &["\"a\""]),
            ("a", &[]),
            ("", &[]),
            (r#""a"#, &[]),
            (r#"w/"a""#, &[]),
            (r#"W/ "a""#, &[]),
            (r#""a b""#, &[]),
            (r#""a" x, "b""#, &["\"b\""]),
            (r#"x "a", "b""#, &["\"b\""]),
            (r#""a""b""#, &[]),
        ] {
            assert_eq!(tags(line), want, "{line}");
        }
    }

    #[test]
    fn what_cannot_stand_between_quotes_is_refused() {
        for text in ["a\"", "a b", "\n", "a\0", "\x7F"] {
            assert!(ETag::strong(text).expect_err("no tag").is_link(), "{text:?}");
        }
        assert_eq!(ETag::weak("é").expect("a tag").to_value(), "W/\"é\"");
    }

    #[test]
    fn comparison_is_that_of_the_table_in_section_8_8_3_2() {
        let tag = |text: &str| ETag::parse(text.as_bytes()).expect("a tag");
        for (one, other, strong, weak) in [
            ("W/\"1\"", "W/\"1\"", false, true),
            ("W/\"1\"", "W/\"2\"", false, false),
            ("W/\"1\"", "\"1\"", false, true),
            ("\"1\"", "\"1\"", true, true),
        ] {
            let (one, other) = (tag(one), tag(other));
            assert_eq!((one.matches_strongly(&other), one.matches_weakly(&other)), (strong, weak));
            assert_eq!((other.matches_strongly(&one), other.matches_weakly(&one)), (strong, weak));
        }
    }

    proptest! {
        #[test]
        fn a_list_gives_back_what_was_written(written in prop::collection::vec(("[!#-~é]{0,6}", any::<bool>(), "[ \t]{0,2},?[ \t]{0,2}"), 0..6)) {
            let tags: Vec<_> = written.iter().map(|(text, weak, _)| ETag::new(*weak, text).expect("a tag")).collect();
            let line: String = tags.iter().zip(&written).map(|(tag, (.., space))| format!("{tag}{space},")).collect();
            let mut read = Tags::default();
            read.add(line.as_bytes());
            prop_assert_eq!(read.listed, tags);
        }

        #[test]
        fn any_bytes_are_read_without_harm(line in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut tags = Tags::default();
            tags.add(&line);
            for tag in tags.listed {
                prop_assert_eq!(ETag::parse(tag.to_value().as_bytes()), Some(tag));
            }
        }
    }
}

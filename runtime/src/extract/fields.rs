//! `application/x-www-form-urlencoded` into a serde struct: queries and forms.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use crate::extract::values::Detail;

/// What is wrong with a query or a form, and with which field of it; the name is empty where that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldFault {
    pub(crate) name: String,
    pub(crate) detail: Detail,
}

/// Reads all pairs into a struct. A repeated name is a list.
pub(crate) fn read_fields<T: DeserializeOwned>(text: &[u8]) -> Result<T, FieldFault> {
    // The reader itself would put U+FFFD in the place of what it cannot decode.
    for (name, value) in pairs(text) {
        let name = form_decoded(name).map_err(|detail| FieldFault { name: String::new(), detail })?;
        form_decoded(value.unwrap_or_default()).map_err(|detail| FieldFault { name: name.into_owned(), detail })?;
    }
    let fields = serde_html_form::Deserializer::from_bytes(text);
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let name = match error.path().iter().next() {
            Some(Segment::Map { key }) => Some(key.clone()),
            _ => None,
        };
        let detail = error.into_inner().to_string();
        match (name, missing(&detail)) {
            (Some(name), _) => FieldFault { name, detail: format!("cannot be read: {detail}").into() },
            (None, Some(name)) => FieldFault { name: name.to_owned(), detail: "is missing".into() },
            (None, None) => FieldFault { name: String::new(), detail: detail.into() },
        }
    })
}

/// The field that serde misses, which is in no path, as it is not there.
fn missing(detail: &str) -> Option<&str> {
    detail.strip_prefix("missing field `")?.strip_suffix('`')
}

/// `name=value`; the value is `None` where there is no equals sign.
pub(crate) fn pairs(text: &[u8]) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], Some(&pair[at + 1..])),
            None => (pair, None),
        }
    })
}

/// `application/x-www-form-urlencoded` (WHATWG URL section 5.1), strict about UTF-8.
pub(crate) fn form_decoded(text: &[u8]) -> Result<Cow<'_, str>, Detail> {
    let not_utf8 = || Detail::from("is not UTF-8");
    if !text.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return std::str::from_utf8(text).map(Cow::Borrowed).map_err(|_| not_utf8());
    }
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced).collect()).map(Cow::Owned).map_err(|_| not_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Search {
        limit: u8,
        #[serde(default)]
        tag: Vec<String>,
    }

    fn fault(text: &str) -> (String, String) {
        let fault = read_fields::<Search>(text.as_bytes()).expect_err("a fault");
        (fault.name, fault.detail.into_owned())
    }

    #[test]
    fn repeated_names_are_a_list() {
        let search: Search = read_fields(b"tag=a+b&limit=3&tag=%C3%A9&tag=\xC3\xA9").expect("a search");
        assert_eq!(search, Search { limit: 3, tag: vec!["a b".into(), "é".into(), "é".into()] });
    }

    #[test]
    fn a_fault_names_its_field() {
        assert_eq!(fault("tag=a"), ("limit".into(), "is missing".into()));
        assert_eq!(fault("limit=300").0, "limit");
        assert_eq!(fault("limit=1&limit=2").0, "limit");
        assert_eq!(fault("limit=1&tag=%FF"), ("tag".into(), "is not UTF-8".into()));
        assert_eq!(fault("limit=1&%FF=1"), (String::new(), "is not UTF-8".into()));
    }

    #[test]
    fn every_byte_is_given_once() {
        for length in [1_000, 10_000] {
            let text: Vec<u8> = b"a=%&&+=".iter().copied().cycle().take(length).collect();
            let given: usize = pairs(&text).map(|(name, value)| name.len() + value.map_or(0, <[u8]>::len)).sum();
            assert!(given <= length, "{given} bytes of {length}");
        }
    }

    /// Decoding one byte at a time, as the standard tells it.
    fn naive(text: &[u8]) -> Option<String> {
        let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let (mut bytes, mut at) = (Vec::new(), 0);
        while at < text.len() {
            match (text[at], digit(at + 1), digit(at + 2)) {
                (b'%', Some(high), Some(low)) => {
                    bytes.push(u8::try_from(high * 16 + low).expect("two digits"));
                    at += 3;
                    continue;
                }
                (b'+', ..) => bytes.push(b' '),
                (byte, ..) => bytes.push(byte),
            }
            at += 1;
        }
        String::from_utf8(bytes).ok()
    }

    proptest! {
        #[test]
        fn decodes_as_the_standard_tells(text in prop::collection::vec(
            prop_oneof![Just(b'%'), Just(b'+'), Just(b'&'), Just(b'='), Just(b'C'), Just(b'3'), Just(b'A'), any::<u8>()],
            0..40,
        )) {
            let want: Option<Vec<(String, String)>> = text
                .split(|byte| *byte == b'&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let at = pair.iter().position(|byte| *byte == b'=');
                    let (name, value) = at.map_or((pair, &[][..]), |at| (&pair[..at], &pair[at + 1..]));
                    Some((naive(name)?, naive(value)?))
                })
                .collect();
            prop_assert_eq!(read_fields::<Vec<(String, String)>>(&text).ok(), want);
        }

        #[test]
        fn what_is_written_is_read(pairs in prop::collection::vec((".{1,8}", ".{0,8}"), 0..6)) {
            let text = serde_html_form::to_string(&pairs).expect("pairs can be written");
            prop_assert_eq!(read_fields::<Vec<(String, String)>>(text.as_bytes()), Ok(pairs));
        }
    }
}

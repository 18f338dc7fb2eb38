//! Header fields that are lists.

/// The elements of one line: what stands between commas, but not those inside a quoted string (RFC 9110 section 5.6.1
/// and 5.6.4). Empty elements are passed over; quotes stay. A quotation that never ends goes on to the end of the
/// line.
pub(crate) fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (mut quoted, mut escaped) = (false, false);
    let split = line.split(move |byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' => return !quoted,
            _ => {}
        }
        false
    });
    split.map(<[u8]>::trim_ascii).filter(|element| !element.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One element after the other, each looked for from its beginning.
    fn naive(mut line: &str) -> Vec<String> {
        let mut found = Vec::new();
        while !line.is_empty() {
            let mut element = String::new();
            let mut rest = line.chars();
            let mut quoted = false;
            while let Some(character) = rest.next() {
                match character {
                    ',' if !quoted => break,
                    '"' => quoted = !quoted,
                    '\\' if quoted => {
                        element.push('\\');
                        element.extend(rest.next());
                        continue;
                    }
                    _ => {}
                }
                element.push(character);
            }
            found.push(element.trim_matches([' ', '\t']).to_owned());
            line = rest.as_str();
        }
        found.retain(|element| !element.is_empty());
        found
    }

    proptest! {
        #[test]
        fn splits_as_one_would_by_hand(line in "[ab ,\"\\\\\t]{0,40}") {
            let found: Vec<String> =
                elements(line.as_bytes()).map(|element| String::from_utf8(element.to_vec()).expect("ASCII")).collect();
            prop_assert_eq!(found, naive(&line));
        }
    }

    #[test]
    fn every_byte_is_looked_at_once() {
        for length in [1_000, 10_000] {
            let line: Vec<u8> = b"\",\\".iter().copied().cycle().take(length).collect();
            // Elements and the commas between them are never more than the line: nothing is given twice.
            assert!(elements(&line).map(|element| element.len() + 1).sum::<usize>() <= length + 1);
        }
    }
}

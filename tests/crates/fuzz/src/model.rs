//! Reading as the standards say it, in the simplest way that is right: what squall's parsers are held against.

/// Undoes percent-encoding; `None` where the bytes are no UTF-8. A `%` without two digits stands for itself.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escape = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escape = escape.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Undoes the encoding of forms (WHATWG URL section 5.1).
pub(crate) fn form_decoded(text: &str) -> Option<String> {
    percent_decoded(&text.replace('+', " "))
}

/// Every value of a name in a query or a form; `None` where one of them is no UTF-8.
pub(crate) fn form_values(query: &str, name: &str) -> Option<Vec<String>> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let named = pairs.filter(|(key, _)| form_decoded(key).as_deref() == Some(name));
    named.map(|(_, value)| form_decoded(value)).collect()
}

/// Every value of a cookie in a Cookie line, as bytes, with the quotes that may stand around it.
pub(crate) fn cookie_values<'a>(line: &'a [u8], name: &str) -> Vec<&'a [u8]> {
    let pairs = line.split(|byte| *byte == b';').filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        Some((pair[..at].trim_ascii(), pair[at + 1..].trim_ascii()))
    });
    pairs.filter(|(key, _)| *key == name.as_bytes()).map(|(_, value)| value).collect()
}

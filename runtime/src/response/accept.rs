//! Which form of an answer the client asked for: `Accept` (RFC 9110 section 12.5.1).

use http::HeaderValue;

/// A form in which something can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// The two halves of its media type, in lower case.
    pub(super) media: (&'static str, &'static str),
}

/// One range of the list, with its weight in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range<'a> {
    media: (&'a str, &'a str),
    /// Whether it has a parameter that none of our forms has.
    is_narrower: bool,
    weight: u16,
}

/// The field with one more of its lines: several are one list (RFC 9110 section 5.3).
pub(crate) fn with_line(field: Option<HeaderValue>, line: &HeaderValue) -> HeaderValue {
    let Some(field) = field else { return line.clone() };
    let whole = [field.as_bytes(), line.as_bytes()].join(&b", "[..]);
    HeaderValue::from_bytes(&whole).unwrap_or(field)
}

/// Which of the offers is wanted most; the first where the client did not ask, asked in words that cannot be read, or
/// wants none of them.
///
/// Of offers that are wanted equally, the one that was named more exactly comes first, then the earlier one.
pub(super) fn preferred(accept: Option<&HeaderValue>, offers: &[Offer]) -> usize {
    let Some(ranges) = accept.and_then(|accept| accept.to_str().ok()).and_then(ranges) else { return 0 };
    let mut best = (0, (0, 0));
    for (at, offer) in offers.iter().enumerate() {
        let wanted = wanted(&ranges, offer);
        if wanted.0 > 0 && wanted > best.1 {
            best = (at, wanted);
        }
    }
    best.0
}

/// Weight and exactness of the range that speaks of the offer most exactly; that one alone counts.
fn wanted(ranges: &[Range<'_>], offer: &Offer) -> (u16, u8) {
    let fitting = ranges.iter().filter_map(|range| Some((exactness(range, offer)?, range.weight)));
    fitting.max().map_or((0, 0), |(exactness, weight)| (weight, exactness))
}

/// How exactly a range names an offer, if it does.
fn exactness(range: &Range<'_>, offer: &Offer) -> Option<u8> {
    let same = |ours: &str, theirs: &str| ours.eq_ignore_ascii_case(theirs);
    if range.is_narrower {
        return None;
    }
    match range.media {
        ("*", "*") => Some(1),
        (kind, "*") if same(offer.media.0, kind) => Some(2),
        (kind, subtype) if same(offer.media.0, kind) && same(offer.media.1, subtype) => Some(3),
        _ => None,
    }
}

/// The list, or nothing where it breaks the grammar.
fn ranges(text: &str) -> Option<Vec<Range<'_>>> {
    let mut ranges = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Some(ranges);
        }
        let (range, after) = range(rest)?;
        ranges.push(range);
        rest = after.trim_start_matches([' ', '\t']);
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
    }
}

/// `type/subtype *( OWS ";" OWS parameter )` at the beginning of the text, and what follows it.
fn range(text: &str) -> Option<(Range<'_>, &str)> {
    let (kind, rest) = token(text)?;
    let (subtype, mut rest) = token(rest.strip_prefix('/')?)?;
    if kind == "*" && subtype != "*" {
        return None;
    }
    let mut range = Range { media: (kind, subtype), is_narrower: false, weight: 1000 };
    let mut is_weighted = false;
    while let Some(parameter) = rest.trim_start_matches([' ', '\t']).strip_prefix(';') {
        let parameter = parameter.trim_start_matches([' ', '\t']);
        // A semicolon with nothing behind it is allowed (RFC 9110 section 5.6.6).
        if parameter.is_empty() || parameter.starts_with([';', ',']) {
            rest = parameter;
            continue;
        }
        let (name, after) = token(parameter)?;
        let Some(after) = after.strip_prefix('=') else {
            // What stands behind the weight was once an extension, and could be a bare word.
            is_weighted.then_some(())?;
            rest = after;
            continue;
        };
        let (value, after) = value(after)?;
        rest = after;
        if is_weighted {
            continue;
        }
        if name.eq_ignore_ascii_case("q") {
            range.weight = weight(value)?;
            is_weighted = true;
        } else {
            let is_ours = name.eq_ignore_ascii_case("charset") && value.trim_matches('"').eq_ignore_ascii_case("utf-8");
            range.is_narrower |= !is_ours;
        }
    }
    Some((range, rest))
}

/// A token (RFC 9110 section 5.6.2) at the beginning of the text, and what follows it.
fn token(text: &str) -> Option<(&str, &str)> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let end = text.bytes().position(|byte| !is_token(byte)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A token or a quoted string, its quotes included.
fn value(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with('"') {
        return token(text);
    }
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return text.split_at_checked(at + 1),
            b'\\' => drop(bytes.next()?),
            _ => {}
        }
    }
    None
}

/// `0`, `0.5`, `1.000` in thousandths (RFC 9110 section 12.4.2).
fn weight(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", _) => Some(thousandths),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OFFERS: [Offer; 4] = [
        Offer { media: ("application", "problem+json") },
        Offer { media: ("application", "json") },
        Offer { media: ("text", "html") },
        Offer { media: ("text", "plain") },
    ];

    fn choose(accept: &str) -> &'static str {
        let value = HeaderValue::from_str(accept).expect("a header value");
        OFFERS[preferred(Some(&value), &OFFERS)].media.1
    }

    #[test]
    fn what_clients_send() {
        for (accept, want) in [
            ("*/*", "problem+json"),
            ("", "problem+json"),
            (" , ,", "problem+json"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "html"),
            ("application/json, text/plain, */*", "json"),
            ("text/html, */*; q=0.01", "html"),
            ("text/html, */*", "html"),
            ("text/*", "html"),
            ("text/*, text/html;q=0", "plain"),
            ("text/plain;q=0.5, text/html;q=0.4", "plain"),
            ("TEXT/Plain ; Q=1.000", "plain"),
            ("*/*, application/*;q=0", "html"),
            ("*/*;q=0.5, text/html;q=0.1, application/json;q=0.6", "json"),
            ("text/html;charset=UTF-8", "html"),
            ("text/html;charset=\"utf-8\";q=1", "html"),
            ("text/html;level=1, text/plain;q=0.1", "plain"),
            ("text/html;level=\"a,b;\\\"\", text/plain;q=0.1", "plain"),
            ("text/html;q=1;extension;other=\"x\", */*;q=0", "html"),
            ("text/html;", "html"),
            ("image/png", "problem+json"),
            ("*/*;q=0", "problem+json"),
            ("text/html;q=0", "problem+json"),
        ] {
            assert_eq!(choose(accept), want, "{accept}");
        }
        assert_eq!(preferred(None, &OFFERS), 0);
    }

    #[test]
    fn what_breaks_the_grammar_is_passed_over() {
        for accept in [
            "text/html, *",
            "*/html",
            "text",
            "text/",
            "/html",
            "text/html text/plain",
            "text /html",
            "text/html;q=1.001",
            "text/html;q=2",
            "text/html;q=-0",
            "text/html;q=.5",
            "text/html;q=0.0001",
            "text/html;q=",
            "text/html;q=\"1\"",
            "text/html;q =1",
            "text/html;a=\"",
            "text/html;a=\"\\",
            "text/html;word",
            "text/html, <script>",
        ] {
            assert_eq!(choose(accept), "problem+json", "{accept}");
        }
        assert_eq!(preferred(Some(&HeaderValue::from_bytes(b"text/html, \xFF").expect("a value")), &OFFERS), 0);
    }

    /// The rules as the RFC says them, without regard to how long it takes.
    fn model(list: &[(usize, usize, u16)]) -> usize {
        let kinds = ["*", "application", "text", "image"];
        let subtypes = ["*", "json", "problem+json", "html", "plain"];
        let mut wanted = Vec::new();
        for (at, offer) in OFFERS.iter().enumerate() {
            let named = |kind: &str, subtype: &str| {
                let fitting = list.iter().filter(|(k, s, _)| kinds[*k] == kind && subtypes[*s] == subtype);
                fitting.map(|(_, _, weight)| *weight).max()
            };
            let levels = [named(offer.media.0, offer.media.1), named(offer.media.0, "*"), named("*", "*")];
            let level = levels.iter().position(Option::is_some);
            if let Some((level, weight)) = level.and_then(|level| Some((level, levels[level]?)))
                && weight > 0
            {
                wanted.push((std::cmp::Reverse(weight), level, at));
            }
        }
        wanted.sort_unstable();
        wanted.first().map_or(0, |(_, _, at)| *at)
    }

    proptest! {
        #[test]
        fn chooses_as_the_model_does(
            list in proptest::collection::vec((0..4_usize, 0..5_usize, 0..=4_u16, any::<bool>()), 0..6)
        ) {
            let kinds = ["*", "application", "TEXT", "image"];
            let subtypes = ["*", "json", "Problem+JSON", "html", "plain"];
            let (mut text, mut said) = (String::new(), Vec::new());
            for (kind, subtype, quarter, is_spaced) in list {
                let subtype = if kind == 0 { 0 } else { subtype };
                let gap = if is_spaced { " \t" } else { "" };
                let weight = quarter * 250;
                text += &format!("{gap},{gap}{}/{}{gap};{gap}", kinds[kind], subtypes[subtype]);
                text += &format!("q={}.{:03}", weight / 1000, weight % 1000);
                said.push((kind, subtype, weight));
            }
            let value = HeaderValue::from_str(&text).expect("a header value");
            prop_assert_eq!(preferred(Some(&value), &OFFERS), model(&said), "{}", text);
        }

        #[test]
        fn any_text_is_answered(text in "[ -~\t]{0,40}|[a-z*/;=,q0-9.\" ]{0,40}") {
            let value = HeaderValue::from_str(&text).expect("a header value");
            prop_assert!(preferred(Some(&value), &OFFERS) < OFFERS.len());
        }
    }
}

//! The one path grammar: what may stand in `#[handler("..")]`, and its normal form.
//!
//! The macros and the runtime compile this same file, so they can never disagree. It depends on nothing.
//!
//! ```text
//! path      = "/" [ segment *( "/" segment ) [ "/" ] ]
//! segment   = literal / "{" name "}" / "{*" name "}"     ; the tail only last
//! ```

use std::fmt::Write as _;

/// One piece of a path between slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Text that must stand there, in its normal form: percent-encoded where RFC 3986 asks for it, hex in capitals.
    Literal(String),
    /// `{name}`: one segment, whatever it holds.
    Parameter(String),
    /// `{*name}`: the rest of the path, slashes included, never empty.
    Tail(String),
}

/// A path that has been read and found right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// The segments in order; a path that ends in a slash ends in an empty literal.
    pub(crate) segments: Vec<Segment>,
}

/// One fault of a path: what is wrong and which bytes of the text are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternFault {
    /// What is wrong and how to write it, lower case, no full stop.
    pub(crate) message: String,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends, in bytes; never before `start`.
    pub(crate) end: usize,
}

impl Pattern {
    /// Reads a path and names every fault in it.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<PatternFault>> {
        let mut faults = Vec::new();
        if !text.starts_with('/') {
            faults.push(missing_slash(text));
            return Err(faults);
        }
        if let Some(at) = text.find(['?', '#']) {
            faults.push(beyond_the_path(text, at));
            return Err(faults);
        }
        let mut segments: Vec<Segment> = Vec::new();
        let mut start = 1;
        let count = text.matches('/').count();
        for (index, piece) in text[1..].split('/').enumerate() {
            let last = index + 1 == count;
            match parse_segment(piece, start, last) {
                Ok(segment) => {
                    if let Some(fault) = repeated(&segments, &segment, start, piece.len()) {
                        faults.push(fault);
                    }
                    segments.push(segment);
                }
                Err(fault) => faults.push(fault),
            }
            start += piece.len() + 1;
        }
        if faults.is_empty() { Ok(Self { segments }) } else { Err(faults) }
    }

    /// The names of the parameters, in order.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Parameter(name) | Segment::Tail(name) => Some(name.as_str()),
        })
    }

    /// The path with its parameters numbered: equal for two paths that match the same requests.
    pub(crate) fn normal_form(&self) -> String {
        let mut normal = String::new();
        let mut number = 0;
        for segment in &self.segments {
            normal.push('/');
            let star = match segment {
                Segment::Literal(text) => {
                    normal.push_str(text);
                    continue;
                }
                Segment::Parameter(_) => "",
                Segment::Tail(_) => "*",
            };
            // Writing to a String does not fail.
            let _ = write!(normal, "{{{star}{number}}}");
            number += 1;
        }
        normal
    }
}

/// A literal in its normal form (RFC 3986 section 2.1 and 6.2.2.1); the error names the first byte that cannot stand.
pub(crate) fn normal_literal(text: &str) -> Result<String, usize> {
    let mut normal = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'%' {
            let hex = bytes.get(at + 1..at + 3).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
            let Some(hex) = hex else { return Err(at) };
            normal.push('%');
            normal.extend(hex.iter().map(|digit| char::from(digit.to_ascii_uppercase())));
            at += 3;
            continue;
        }
        if byte.is_ascii_control() || byte == b'{' || byte == b'}' {
            return Err(at);
        }
        if is_path_byte(byte) {
            normal.push(char::from(byte));
        } else {
            let _ = write!(normal, "%{byte:02X}");
        }
        at += 1;
    }
    Ok(normal)
}

/// Whether a byte stands for itself in a path segment: `pchar` of RFC 3986 section 3.3 without the percent sign.
pub(crate) fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte)
}

fn parse_segment(piece: &str, start: usize, last: bool) -> Result<Segment, PatternFault> {
    let fault = |message: &str, from: usize, to: usize| PatternFault {
        message: message.to_owned(),
        start: start + from,
        end: start + to,
    };
    if piece.is_empty() {
        return if last {
            Ok(Segment::Literal(String::new()))
        } else {
            Err(PatternFault {
                message: "two slashes with nothing between them: write one".to_owned(),
                start: start - 1,
                end: start + 1,
            })
        };
    }
    if piece == "." || piece == ".." {
        return Err(fault("`.` and `..` never reach a server: write the path that is meant", 0, piece.len()));
    }
    let Some(open) = piece.find('{') else {
        if let Some(close) = piece.find('}') {
            return Err(fault("`}` has no `{` before it: write `{name}`", close, close + 1));
        }
        return normal_literal(piece).map(Segment::Literal).map_err(|at| {
            let message = if piece.as_bytes()[at] == b'%' {
                "`%` begins no escape: write two hex digits after it, or `%25`"
            } else {
                "a control character cannot stand in a path: leave it out"
            };
            fault(message, at, at + 1)
        });
    };
    let Some(close) = piece[open..].find('}').map(|at| open + at) else {
        return Err(fault("`{` is never closed: write `{name}`", open, piece.len()));
    };
    if piece[close + 1..].contains('{') {
        return Err(fault("a segment holds one parameter, and here are two: put a `/` between them", 0, piece.len()));
    }
    if open > 0 || close + 1 < piece.len() {
        return Err(fault(
            "a parameter fills its whole segment: write `/{name}` and take the text apart in the handler",
            0,
            piece.len(),
        ));
    }
    parameter(&piece[1..close], last).map_err(|message| fault(&message, 0, piece.len()))
}

fn parameter(inner: &str, last: bool) -> Result<Segment, String> {
    let (name, tail) = inner.strip_prefix('*').map_or((inner, false), |name| (name, true));
    if name.is_empty() {
        return Err(if tail {
            "the tail has no name: write `{*rest}`"
        } else {
            "the parameter has no name: write `{id}`"
        }
        .to_owned());
    }
    if let Some((before, _)) = name.split_once(':') {
        return Err(format!("a parameter has no type in the path, the field gives it: write `{{{before}}}`"));
    }
    let ident = name.chars().all(|c| c == '_' || c.is_alphanumeric()) && !name.starts_with(|c: char| c.is_numeric());
    if !ident || name == "_" {
        return Err(format!("`{name}` is no field name: write letters, digits and `_`"));
    }
    if tail && !last {
        return Err(format!("`{{*{name}}}` takes the rest of the path, so nothing can follow it: move it to the end"));
    }
    Ok(if tail { Segment::Tail(name.to_owned()) } else { Segment::Parameter(name.to_owned()) })
}

fn repeated(before: &[Segment], segment: &Segment, start: usize, length: usize) -> Option<PatternFault> {
    let name_of = |segment: &Segment| match segment {
        Segment::Literal(_) => None,
        Segment::Parameter(name) | Segment::Tail(name) => Some(name.clone()),
    };
    let name = name_of(segment)?;
    before.iter().any(|other| name_of(other).as_ref() == Some(&name)).then(|| PatternFault {
        message: format!("`{name}` stands twice in the path: give each parameter a name of its own"),
        start,
        end: start + length,
    })
}

fn missing_slash(text: &str) -> PatternFault {
    let path = text.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let message = match path {
        Some(path) => format!("a handler has a path, and this is a whole address: write `\"{path}\"`"),
        None if text.is_empty() => "the path is empty: write `\"/\"`".to_owned(),
        None => format!("the path does not begin with a slash: write `\"/{}\"`", text.trim_start_matches("./")),
    };
    PatternFault { message, start: 0, end: text.len() }
}

fn beyond_the_path(text: &str, at: usize) -> PatternFault {
    let message = if text[at..].starts_with('?') {
        let name = text[at + 1..].split(['=', '&']).next().unwrap_or_default();
        let name = if name.is_empty() { "name" } else { name.trim_matches(['{', '}']) };
        format!("a query string is no part of the path: write a field `#[query] {name}: ..`")
    } else {
        "a fragment never reaches a server: leave out all from `#`".to_owned()
    };
    PatternFault { message, start: at, end: text.len() }
}

/// The host of a scope: labels between dots, each a text or a parameter, such as `{tenant}.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostPattern(Vec<Option<String>>);

impl HostPattern {
    /// Reads it, or says what is wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let label = |label: &str| {
            let inner = label.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
            let is_word = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let is_label = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            match inner {
                Some(name) if !name.is_empty() && is_word(name) => Ok(None),
                None if !label.is_empty() && is_label(label) => Ok(Some(label.to_ascii_lowercase())),
                _ if label.is_empty() => Err("a host has a label between its dots, and one is missing".to_owned()),
                _ if label.contains(':') => Err("a host is named without its port".to_owned()),
                _ => Err(format!("`{label}` is no label of a host name: letters, digits and `-`, or `{{name}}`")),
            }
        };
        text.split('.').map(label).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a host has this form; its case is ignored (RFC 9110 section 4.2.3).
    pub(crate) fn matches(&self, host: &str) -> bool {
        let mut labels = host.split('.');
        let all = self.0.iter().all(|own| match (own, labels.next()) {
            (_, None | Some("")) => false,
            (Some(own), Some(label)) => label.eq_ignore_ascii_case(own),
            (None, Some(_)) => true,
        });
        all && labels.next().is_none()
    }

    /// How exact it is: of two that match one host, the smaller is meant.
    pub(crate) fn rank(&self) -> Vec<bool> {
        self.0.iter().map(Option::is_none).collect()
    }

    /// The same text for patterns that match the same hosts.
    pub(crate) fn normal_form(&self) -> String {
        let labels: Vec<&str> = self.0.iter().map(|label| label.as_deref().unwrap_or("{any}")).collect();
        labels.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        Pattern::parse(text).expect_err("a fault").into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn reads_every_kind_of_segment() {
        let pattern = Pattern::parse("/items/{id}/files/{*rest}").expect("a path");
        assert_eq!(pattern.parameters().collect::<Vec<_>>(), ["id", "rest"]);
        assert_eq!(pattern.normal_form(), "/items/{0}/files/{*1}");
        assert_eq!(Pattern::parse("/").expect("a path").normal_form(), "/");
        assert_eq!(Pattern::parse("/items/").expect("a path").normal_form(), "/items/");
    }

    #[test]
    fn literals_have_one_spelling() {
        let normal = |text| Pattern::parse(text).expect("a path").normal_form();
        assert_eq!(normal("/caf%c3%a9"), normal("/café"));
        assert_eq!(normal("/a b"), "/a%20b");
        assert_ne!(normal("/%61dmin"), normal("/admin"));
    }

    #[test]
    fn every_fault_has_its_place() {
        let faults = Pattern::parse("/a/{*x}/{").expect_err("faults");
        assert_eq!(faults.len(), 2);
        assert_eq!((faults[0].start, faults[0].end), (3, 7));
        assert_eq!((faults[1].start, faults[1].end), (8, 9));
    }

    #[test]
    fn says_how_to_write_it() {
        for (text, part) in [
            ("items", "write `\"/items\"`"),
            ("https://a.example/items", "write `\"/items\"`"),
            ("", "write `\"/\"`"),
            ("/items?x=1", "`#[query] x: ..`"),
            ("/items#top", "fragment"),
            ("/{id", "never closed"),
            ("/id}", "no `{`"),
            ("/{}", "no name"),
            ("/{*}", "no name"),
            ("/{a}{b}", "two"),
            ("/{a}/{a}", "twice"),
            ("/x{a}", "whole segment"),
            ("/{id:u64}", "write `{id}`"),
            ("/{1d}", "no field name"),
            ("/{*a}/b", "move it to the end"),
            ("//a", "two slashes"),
            ("/../a", "never reach"),
            ("/%zz", "no escape"),
        ] {
            let messages = messages(text);
            assert_eq!(messages.len(), 1, "{text}: {messages:?}");
            assert!(messages[0].contains(part), "{text}: {messages:?}");
        }
    }

    #[test]
    fn hosts_are_labels_and_parameters() {
        let tenant = HostPattern::parse("{tenant}.Example.com").expect("a host");
        for (host, want) in [
            ("acme.example.com", true),
            ("ACME.EXAMPLE.COM", true),
            ("example.com", false),
            (".example.com", false),
            ("a.b.example.com", false),
            ("acme.example.com.evil", false),
            ("acme.example.org", false),
            ("", false),
        ] {
            assert_eq!(tenant.matches(host), want, "{host}");
        }
        assert_eq!(tenant.normal_form(), "{any}.example.com");
        assert!(HostPattern::parse("admin.example.com").expect("a host").rank() < tenant.rank());
        for wrong in ["", "a..b", "{}.a", "{a-b}.c", "a b", "a.example:80", "x{y}.z", "*.a"] {
            assert!(HostPattern::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}

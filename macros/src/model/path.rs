//! The path of a route, read by the grammar that the runtime uses.

use syn::LitStr;

use crate::errors::Errors;
use crate::pattern::{Pattern, PatternFault, Segment};

/// A path that has been read.
pub(crate) struct RoutePath {
    pub(crate) literal: LitStr,
    pub(crate) pattern: Pattern,
}

impl RoutePath {
    /// Reads it. Each fault is reported with a caret under its place in the text, as a literal has one span only.
    pub(crate) fn read(literal: LitStr, errors: &Errors) -> Option<Self> {
        let text = literal.value();
        if let Some(fault) = optional(&text) {
            errors.at(&literal, with_caret(&text, &fault));
            return None;
        }
        match Pattern::parse(&text) {
            Ok(pattern) => Some(Self { literal, pattern }),
            Err(faults) => {
                for fault in faults {
                    errors.at(&literal, with_caret(&text, &fault));
                }
                None
            }
        }
    }

    /// The names of the parameters in order, and whether each is a tail.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, bool)> {
        self.pattern.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Parameter(name) => Some((name.as_str(), false)),
            Segment::Tail(name) => Some((name.as_str(), true)),
        })
    }
}

/// `{id?}` looks like a query string to the grammar.
fn optional(text: &str) -> Option<PatternFault> {
    let end = text.find("?}")? + 2;
    let start = text[..end].rfind('{').filter(|start| !text[*start..end].contains('/'))?;
    let name = &text[start + 1..end - 2];
    let message =
        format!("a parameter is always there: write `{{{name}}}`, and a second handler for the path without it");
    Some(PatternFault { message, start, end })
}

fn with_caret(text: &str, fault: &PatternFault) -> String {
    // A line break would tear the lines apart.
    let shown = |piece: &str| -> String {
        piece.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
    };
    let width = |piece: &str| shown(piece).chars().count();
    let blank = " ".repeat(width(&text[..fault.start]));
    let carets = "^".repeat(width(&text[fault.start..fault.end]).max(1));
    let text = shown(text);
    format!("{}\n\n    {text}\n    {blank}{carets}", fault.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_into_the_text() {
        let faults = Pattern::parse("/ü/{id").expect_err("a fault");
        let message = with_caret("/ü/{id", &faults[0]);
        assert!(message.ends_with("\n\n    /ü/{id\n       ^^^"), "{message}");
    }

    #[test]
    fn shows_what_cannot_be_seen() {
        let faults = Pattern::parse("/a\n/b").expect_err("a fault");
        let message = with_caret("/a\n/b", &faults[0]);
        assert!(message.ends_with("\n\n    /a\\n/b\n      ^^"), "{message}");
    }

    #[test]
    fn knows_an_optional_parameter() {
        assert_eq!(optional("/items/{id?}").map(|fault| (fault.start, fault.end)), Some((7, 12)));
        assert!(optional("/items?x={a}").is_none());
        assert!(optional("/{a}/b?}").is_none());
    }
}

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

fn with_caret(text: &str, fault: &PatternFault) -> String {
    let width = |piece: &str| piece.chars().count();
    let blank = " ".repeat(width(&text[..fault.start]));
    let carets = "^".repeat(width(&text[fault.start..fault.end]).max(1));
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
}

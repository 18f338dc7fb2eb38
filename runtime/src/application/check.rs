//! The checks that need more than one handler: duplicates and paths that shadow each other.

use std::collections::BTreeMap;

use crate::application::report::Report;
use crate::handler::Route;
use crate::location::Location;
use crate::route::pattern::{Pattern, Segment};

/// A route as it will be served: under its prefix, its path read.
pub(super) struct Served {
    pub(super) path: String,
    pub(super) pattern: Pattern,
    pub(super) route: Route,
    /// What its mount puts before the path; that of its scopes comes after it.
    pub(super) mount: String,
    /// The host that its scopes ask for, in normal form; empty for any.
    pub(super) host: String,
    /// Which mount it came by; 0 is the application itself.
    pub(super) group: usize,
}

impl Served {
    pub(super) fn place(&self) -> (Location, String) {
        (self.route.location, format!("{} {} in {}", self.route.method, self.path, self.route.handler))
    }
}

/// Why a text is no prefix of a mount, if so.
pub(super) fn wrong_prefix(prefix: &str) -> Option<String> {
    if prefix.is_empty() {
        return None;
    }
    let pattern = Pattern::parse(prefix);
    let plain = pattern.as_ref().is_ok_and(|pattern| pattern.parameters().next().is_none());
    (!plain || prefix.ends_with('/')).then(|| {
        format!("{prefix:?} is no prefix for a mount: it begins with a slash, ends without one and has no parameters")
    })
}

/// The same method on the same path, whatever its parameters are called.
pub(super) fn duplicates(served: &[Served], report: &mut Report) {
    let mut by_route: BTreeMap<(&str, String, &str), Vec<&Served>> = BTreeMap::new();
    for one in served {
        by_route.entry((&one.host, one.pattern.normal_form(), one.route.method)).or_default().push(one);
    }
    for ((_, _, method), same) in by_route {
        if let [first, _, ..] = same.as_slice() {
            let help = "remove all but one, or give them different paths; a mounted crate can have a prefix of its own";
            let title = format!("{method} {} has {} handlers", first.path, same.len());
            report.add(title, same.iter().map(|one| one.place()).collect(), help);
        }
    }
}

/// Two patterns that both match some path while neither is the more special one, and no third covers what they share.
pub(super) fn ambiguities(served: &[Served], report: &mut Report) {
    let mut patterns: BTreeMap<(&str, String), &Served> = BTreeMap::new();
    for one in served {
        patterns.entry((&one.host, one.pattern.normal_form())).or_insert(one);
    }
    let all: Vec<(&(&str, String), &&Served)> = patterns.iter().collect();
    for (index, (_, left)) in all.iter().enumerate() {
        for (_, right) in &all[index + 1..] {
            if left.host != right.host {
                continue;
            }
            let Some(shared) = crossing(&left.pattern, &right.pattern) else { continue };
            if patterns.contains_key(&(left.host.as_str(), shared.clone())) {
                continue;
            }
            let title = format!("{} and {} both match {shared}, and neither is more exact", left.path, right.path);
            let help = format!("declare a handler for {shared}, or make the paths differ where both have fixed text");
            report.add(title, vec![left.place(), right.place()], help);
        }
    }
}

/// What two patterns share, if each is more exact than the other somewhere.
///
/// A tail never crosses: the leftmost difference decides, as people expect of `/assets/{*path}` beside `/{user}/{repo}`.
fn crossing(left: &Pattern, right: &Pattern) -> Option<String> {
    if left.segments.len() != right.segments.len() {
        return None;
    }
    let (mut left_wins, mut right_wins) = (false, false);
    let mut shared = String::new();
    let mut number = 0;
    for pair in left.segments.iter().zip(&right.segments) {
        let text = match pair {
            (Segment::Literal(a), Segment::Literal(b)) if a == b => a,
            // An empty segment after a trailing slash is matched by nothing but itself.
            (Segment::Literal(text), Segment::Parameter(_)) if !text.is_empty() => {
                left_wins = true;
                text
            }
            (Segment::Parameter(_), Segment::Literal(text)) if !text.is_empty() => {
                right_wins = true;
                text
            }
            (Segment::Parameter(_), Segment::Parameter(_)) => {
                number += 1;
                &format!("{{{}}}", number - 1)
            }
            _ => return None,
        };
        shared.push('/');
        shared.push_str(text);
    }
    (left_wins && right_wins).then_some(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cross(left: &str, right: &str) -> Option<String> {
        let pattern = |text| Pattern::parse(text).expect("a path");
        let one = crossing(&pattern(left), &pattern(right));
        assert_eq!(one, crossing(&pattern(right), &pattern(left)));
        one
    }

    #[test]
    fn only_patterns_that_cross_are_ambiguous() {
        assert_eq!(cross("/{user}/settings", "/admin/{page}").as_deref(), Some("/admin/settings"));
        assert_eq!(cross("/{a}/x/{b}", "/y/{c}/{d}").as_deref(), Some("/y/x/{0}"));
        assert_eq!(cross("/items/{id}", "/items/new"), None);
        assert_eq!(cross("/{a}/b", "/{c}/d"), None);
        assert_eq!(cross("/{a}/b", "/{*rest}"), None);
        assert_eq!(cross("/a/", "/{x}/{y}"), None);
        assert_eq!(cross("/assets/{*path}", "/{user}/{repo}"), None);
        assert_eq!(cross("/a/{*rest}", "/{x}/b/{*more}"), None);
    }
}

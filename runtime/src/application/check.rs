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
    /// Which mount it came by; 0 is the application itself.
    pub(super) group: usize,
}

impl Served {
    /// What its mount puts before the path.
    pub(super) fn prefix(&self) -> &str {
        // Under a prefix, `/` is the prefix itself.
        self.path.strip_suffix(self.route.path).unwrap_or(&self.path)
    }

    pub(super) fn place(&self) -> (Location, String) {
        (self.route.location, format!("{} {} in {}", self.route.method, self.path, self.route.handler))
    }
}

/// The same method on the same path, whatever its parameters are called.
pub(super) fn duplicates(served: &[Served], report: &mut Report) {
    let mut by_route: BTreeMap<(String, &str), Vec<&Served>> = BTreeMap::new();
    for one in served {
        by_route.entry((one.pattern.normal_form(), one.route.method)).or_default().push(one);
    }
    for ((_, method), same) in by_route {
        if let [first, _, ..] = same.as_slice() {
            let help = "remove all but one, or give them different paths; a mounted crate can have a prefix of its own";
            let title = format!("{method} {} has {} handlers", first.path, same.len());
            report.add(title, same.iter().map(|one| one.place()).collect(), help);
        }
    }
}

/// Two patterns that both match some path while neither is the more special one, and no third covers what they share.
pub(super) fn ambiguities(served: &[Served], report: &mut Report) {
    let mut patterns: BTreeMap<String, &Served> = BTreeMap::new();
    for one in served {
        patterns.entry(one.pattern.normal_form()).or_insert(one);
    }
    let all: Vec<(&String, &&Served)> = patterns.iter().collect();
    for (index, (_, left)) in all.iter().enumerate() {
        for (_, right) in &all[index + 1..] {
            let Some(shared) = crossing(&left.pattern, &right.pattern) else { continue };
            if patterns.contains_key(&shared) {
                continue;
            }
            let title = format!("{} and {} both match {shared}, and neither is more exact", left.path, right.path);
            let help = format!("declare a handler for {shared}, or make the paths differ where both have fixed text");
            report.add(title, vec![left.place(), right.place()], help);
        }
    }
}

/// What two patterns share, if each is more exact than the other somewhere.
fn crossing(left: &Pattern, right: &Pattern) -> Option<String> {
    let (mut left_wins, mut right_wins) = (false, false);
    let mut shared = String::new();
    let (mut lefts, mut rights) = (left.segments.iter(), right.segments.iter());
    loop {
        let (one, other) = match (lefts.next(), rights.next()) {
            (Some(one), Some(other)) => (one, other),
            (None, None) => break,
            _ => return None,
        };
        shared.push('/');
        match (one, other) {
            (Segment::Literal(a), Segment::Literal(b)) if a == b => shared.push_str(a),
            (Segment::Literal(_), Segment::Literal(_)) => return None,
            // An empty segment after a trailing slash is matched by nothing but itself.
            (Segment::Literal(text), _) | (_, Segment::Literal(text)) if text.is_empty() => return None,
            (Segment::Tail(_), Segment::Tail(_)) => shared.push_str("{*}"),
            // A tail takes whatever comes, and everything is more exact than it.
            (Segment::Tail(_), exact) => {
                right_wins = true;
                push(&mut shared, exact, rights.as_slice());
                break;
            }
            (exact, Segment::Tail(_)) => {
                left_wins = true;
                push(&mut shared, exact, lefts.as_slice());
                break;
            }
            (Segment::Literal(a), _) => {
                left_wins = true;
                shared.push_str(a);
            }
            (_, Segment::Literal(b)) => {
                right_wins = true;
                shared.push_str(b);
            }
            (Segment::Parameter(_), Segment::Parameter(_)) => shared.push_str("{}"),
        }
    }
    (left_wins && right_wins).then(|| numbered(&shared))
}

/// The rest of a pattern, where the other's tail stands.
fn push(shared: &mut String, first: &Segment, rest: &[Segment]) {
    let text = |segment: &Segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(_) => "{}".to_owned(),
        Segment::Tail(_) => "{*}".to_owned(),
    };
    let pieces: Vec<String> = std::iter::once(first).chain(rest).map(text).collect();
    shared.push_str(&pieces.join("/"));
}

/// The shared pattern with its parameters numbered as in a normal form.
fn numbered(shared: &str) -> String {
    let mut text = String::new();
    let mut number = 0;
    for piece in shared.split_inclusive('}') {
        match piece.strip_suffix('}') {
            Some(open) => {
                text.push_str(&format!("{open}{number}}}"));
                number += 1;
            }
            None => text.push_str(piece),
        }
    }
    text
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
        assert_eq!(cross("/a/{*rest}", "/{x}/b").as_deref(), Some("/a/b"));
        assert_eq!(cross("/a/", "/{x}/{y}"), None);
        assert_eq!(cross("/a/{*rest}", "/{x}/{y}/c").as_deref(), Some("/a/{0}/c"));
        assert_eq!(cross("/a/{*rest}", "/{x}/b/{*more}").as_deref(), Some("/a/b/{*0}"));
        assert_eq!(cross("/a/{x}/{*rest}", "/{x}/b/{*more}").as_deref(), Some("/a/b/{*0}"));
        assert_eq!(cross("/a/{*rest}", "/{x}/b/").as_deref(), Some("/a/b/"));
        assert_eq!(cross("/a/{*rest}", "/{x}/"), None);
        assert_eq!(cross("/a/{*rest}", "/a/{x}/{y}"), None);
    }
}

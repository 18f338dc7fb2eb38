//! The router: the one place that knows `matchit`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::route::pattern::{Pattern, Segment};

/// Maps patterns to values. Segment by segment from the left, static text beats a parameter, a parameter beats a tail.
pub(crate) struct Router<T> {
    inner: matchit::Router<usize>,
    /// Patterns that end in a tail, by the number of segments before it: `matchit` refuses a tail where a parameter or a
    /// longer pattern with a tail stands.
    tails: BTreeMap<usize, matchit::Router<usize>>,
    values: Vec<(Rank, T)>,
}

/// How exact a pattern is, segment by segment; of two that match one path, the smaller is meant.
type Rank = Vec<u8>;

impl<T> Router<T> {
    /// A router that finds nothing.
    pub(crate) fn new() -> Self {
        Self { inner: matchit::Router::new(), tails: BTreeMap::new(), values: Vec::new() }
    }

    /// Adds a pattern; an error when the router cannot tell it from one that is there.
    pub(crate) fn insert(&mut self, pattern: &Pattern, value: T) -> Result<(), String> {
        let router = match pattern.segments.as_slice() {
            [before @ .., Segment::Tail(_)] => self.tails.entry(before.len()).or_default(),
            _ => &mut self.inner,
        };
        router.insert(pattern.normal_form(), self.values.len()).map_err(|error| error.to_string())?;
        let rank = pattern.segments.iter().map(|segment| match segment {
            Segment::Literal(_) => 0,
            Segment::Parameter(_) => 1,
            Segment::Tail(_) => 2,
        });
        self.values.push((rank.collect(), value));
        Ok(())
    }

    /// The value of a path; `param` is told which bytes of it each parameter covers, in order.
    pub(crate) fn find(&self, path: &str, mut param: impl FnMut(Range<usize>)) -> Option<&T> {
        let spelled = one_spelling(path);
        let mut found = self.inner.at(&spelled).ok();
        for tail in self.tails.values().filter_map(|router| router.at(&spelled).ok()) {
            let rank = |at: &usize| self.values.get(*at).map(|(rank, _)| rank);
            if found.as_ref().is_none_or(|found| rank(tail.value) < rank(found.value)) {
                found = Some(tail);
            }
        }
        let found = found?;
        for (_, text) in found.params.iter() {
            // A parameter is a slice of the path that was searched, and both spellings have one length.
            let start = text.as_ptr() as usize - spelled.as_ptr() as usize;
            param(start..start + text.len());
        }
        self.values.get(*found.value).map(|(_, value)| value)
    }
}

/// The path with the hex digits of its escapes in capitals (RFC 3986 section 6.2.2.1): as long as before.
fn one_spelling(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut rest = 0;
    let spelled = path
        .chars()
        .map(|c| {
            if c == '%' {
                rest = 2;
                return c;
            }
            let inside = rest > 0;
            rest -= u8::from(inside);
            if inside { c.to_ascii_uppercase() } else { c }
        })
        .collect();
    Cow::Owned(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router(patterns: &[&'static str]) -> Router<&'static str> {
        let mut router = Router::new();
        for pattern in patterns {
            router.insert(&Pattern::parse(pattern).expect("a pattern"), *pattern).expect("no conflict");
        }
        router
    }

    fn find<'a>(router: &Router<&'static str>, path: &'a str) -> Option<(&'static str, Vec<&'a str>)> {
        let mut ranges = Vec::new();
        let value = router.find(path, |range| ranges.push(range))?;
        Some((*value, ranges.into_iter().map(|range| &path[range]).collect()))
    }

    #[test]
    fn static_beats_parameter_beats_tail() {
        let router = router(&["/items/{id}", "/items/new", "/{*rest}", "/items/{id}/x", "/a/{b}/c"]);
        assert_eq!(find(&router, "/items/new"), Some(("/items/new", vec![])));
        assert_eq!(find(&router, "/items/7"), Some(("/items/{id}", vec!["7"])));
        assert_eq!(find(&router, "/items/7/x"), Some(("/items/{id}/x", vec!["7"])));
        assert_eq!(find(&router, "/items/7/y"), Some(("/{*rest}", vec!["items/7/y"])));
        assert_eq!(find(&router, "/items/new/y"), Some(("/{*rest}", vec!["items/new/y"])));
        assert_eq!(find(&router, "/items/newer"), Some(("/items/{id}", vec!["newer"])));
    }

    #[test]
    fn a_tail_stands_beside_a_parameter() {
        let router = router(&["/files/{name}", "/files/{*rest}", "/files/{name}/meta"]);
        assert_eq!(find(&router, "/files/a"), Some(("/files/{name}", vec!["a"])));
        assert_eq!(find(&router, "/files/a/b"), Some(("/files/{*rest}", vec!["a/b"])));
        assert_eq!(find(&router, "/files/a/meta"), Some(("/files/{name}/meta", vec!["a"])));
        assert_eq!(find(&router, "/files/a/"), Some(("/files/{*rest}", vec!["a/"])));
    }

    #[test]
    fn the_leftmost_difference_decides() {
        let router = router(&["/{*all}", "/{tenant}/{*path}", "/assets/{*path}", "/{user}/{repo}", "/a/{x}/{*rest}"]);
        assert_eq!(find(&router, "/assets/logo.png"), Some(("/assets/{*path}", vec!["logo.png"])));
        assert_eq!(find(&router, "/assets/a/b"), Some(("/assets/{*path}", vec!["a/b"])));
        assert_eq!(find(&router, "/ann/squall"), Some(("/{user}/{repo}", vec!["ann", "squall"])));
        assert_eq!(find(&router, "/ann/squall/x"), Some(("/{tenant}/{*path}", vec!["ann", "squall/x"])));
        assert_eq!(find(&router, "/a/b/c"), Some(("/a/{x}/{*rest}", vec!["b", "c"])));
        assert_eq!(find(&router, "/one"), Some(("/{*all}", vec!["one"])));
    }

    #[test]
    fn an_empty_segment_is_no_parameter() {
        let router = router(&["/items/{id}", "/files/{*rest}"]);
        assert_eq!(find(&router, "/items/"), None);
        assert_eq!(find(&router, "/files/"), None);
        assert_eq!(find(&router, "/items/7/"), None);
    }

    #[test]
    fn escapes_match_in_any_case_and_are_not_decoded() {
        let router = router(&["/café", "/admin", "/x/{y}"]);
        assert_eq!(find(&router, "/caf%c3%A9").map(|found| found.0), Some("/café"));
        assert_eq!(find(&router, "/%61dmin"), None);
        assert_eq!(find(&router, "/x/a%2fb%c3%a9z"), Some(("/x/{y}", vec!["a%2fb%c3%a9z"])));
        assert_eq!(find(&router, "/x/%"), Some(("/x/{y}", vec!["%"])));
    }
}

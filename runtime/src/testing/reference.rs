//! Where a `Location` leads, seen from the request it answers: relative references by RFC 3986 section 5.

use http::Uri;

use crate::error::{Error, Result};

/// The address that `reference` means at `base`; an error when it is on another site or no address.
pub(super) fn resolve(base: &Uri, reference: &str) -> Result<Uri> {
    if leads_away(reference) {
        return Err(Error::answer(format!("a redirect leads to another site: {reference}")));
    }
    let reference = reference.split('#').next().unwrap_or_default();
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (reference, None),
    };
    // The branches of section 5.2.2 that are left without a scheme and an authority.
    let mut text = if path.is_empty() {
        base.path().to_owned()
    } else if path.starts_with('/') {
        without_dots(path)
    } else {
        let directory = base.path().rfind('/').map_or("/", |end| &base.path()[..=end]);
        without_dots(&format!("{directory}{path}"))
    };
    if let Some(query) = query.or_else(|| base.query().filter(|_| path.is_empty())) {
        text.push('?');
        text.push_str(query);
    }
    Uri::try_from(&text).map_err(|error| Error::answer(format!("a redirect leads to {text:?}, no address: {error}")))
}

/// Whether it has a scheme (section 3.1) or an authority. Browsers read a backslash as a slash there.
fn leads_away(reference: &str) -> bool {
    let scheme = reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let slashes = reference.chars().take_while(|c| matches!(c, '/' | '\\')).count();
    scheme || slashes > 1
}

/// Takes `.` and `..` out of a path that begins with a slash (section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let dots = matches!(segment, "." | "..");
        if segment == ".." {
            kept.pop();
        }
        if !dots {
            kept.push(segment);
        } else if segments.peek().is_none() {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_the_examples_of_the_rfc() {
        let base = Uri::from_static("http://a/b/c/d;p?q");
        // Sections 5.4.1 and 5.4.2, without those that lead to another site.
        for (reference, want) in [
            ("g", "/b/c/g"),
            ("./g", "/b/c/g"),
            ("g/", "/b/c/g/"),
            ("/g", "/g"),
            ("?y", "/b/c/d;p?y"),
            ("g?y", "/b/c/g?y"),
            ("#s", "/b/c/d;p?q"),
            ("g#s", "/b/c/g"),
            ("g?y#s", "/b/c/g?y"),
            (";x", "/b/c/;x"),
            ("g;x?y#s", "/b/c/g;x?y"),
            ("", "/b/c/d;p?q"),
            (".", "/b/c/"),
            ("./", "/b/c/"),
            ("..", "/b/"),
            ("../", "/b/"),
            ("../g", "/b/g"),
            ("../..", "/"),
            ("../../g", "/g"),
            ("../../../g", "/g"),
            ("/./g", "/g"),
            ("/../g", "/g"),
            ("g.", "/b/c/g."),
            ("..g", "/b/c/..g"),
            ("./g/.", "/b/c/g/"),
            ("g/./h", "/b/c/g/h"),
            ("g/../h", "/b/c/h"),
            ("g;x=1/../y", "/b/c/y"),
            ("g?y/../x", "/b/c/g?y/../x"),
            ("g#s/../x", "/b/c/g"),
        ] {
            assert_eq!(resolve(&base, reference).expect("an address"), want, "{reference:?}");
        }
    }

    #[test]
    fn a_colon_after_the_first_segment_is_no_scheme() {
        let base = Uri::from_static("/items?page=1");
        for (reference, want) in
            [("items2", "/items2"), ("./a:b", "/a:b"), ("?a=b:c", "/items?a=b:c"), ("1:2", "/1:2"), ("/a:b", "/a:b")]
        {
            assert_eq!(resolve(&base, reference).expect("an address"), want, "{reference:?}");
        }
        assert_eq!(resolve(&Uri::from_static("*"), "a").expect("an address"), "/a");
    }

    #[test]
    fn other_sites_and_no_addresses_are_errors() {
        for reference in ["g:h", "//g", "http://g", "HTTPS:g", "/\\g", "\\/g", "\\\\g", "/a b"] {
            assert!(resolve(&Uri::from_static("/"), reference).expect_err("no way").is_answer(), "{reference:?}");
        }
    }
}

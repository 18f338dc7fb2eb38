//! Where a `Location` leads, seen from the request it answers: relative references by RFC 3986 section 5.

use http::Uri;
use http::uri::{Authority, PathAndQuery};

use crate::error::{Error, Result};

/// The address that `reference` means at `base`; an error when it is no address, or on another site and `base` has
/// none.
pub(super) fn resolve(base: &Uri, reference: &str) -> Result<Uri> {
    let reference = reference.split('#').next().unwrap_or_default();
    if leads_away(reference) {
        return elsewhere(base, reference);
    }
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (reference, None),
    };
    // The branches of section 5.2.2 that are left without a scheme and an authority.
    let path_now = if path.is_empty() {
        base.path().to_owned()
    } else if path.starts_with('/') {
        without_dots(path)
    } else {
        let directory = base.path().rfind('/').map_or("/", |end| &base.path()[..=end]);
        without_dots(&format!("{directory}{path}"))
    };
    let query = query.or_else(|| base.query().filter(|_| path.is_empty()));
    address(base, path_now, query)
}

/// An address that names its site itself; a base in memory knows only its own.
fn elsewhere(base: &Uri, reference: &str) -> Result<Uri> {
    let Some(scheme) = base.scheme_str() else {
        return Err(Error::answer(format!("a redirect leads to another site: {reference}")));
    };
    let whole = if reference.starts_with("//") { format!("{scheme}:{reference}") } else { reference.to_owned() };
    let site = Uri::try_from(&whole).ok().filter(|uri| {
        // No backslash: others read it as a slash.
        let known = matches!(uri.scheme_str(), Some("http" | "https")) && !whole.contains('\\');
        known && uri.authority().is_some_and(is_site)
    });
    match site {
        Some(site) => address(&site, without_dots(site.path()), site.query()),
        None => Err(Error::answer(format!("a redirect leads to {reference:?}, no address to follow"))),
    }
}

/// Whether an authority is a host with or without a port, and nothing else: no name, no password.
pub(super) fn is_site(authority: &Authority) -> bool {
    let host = authority.host();
    let port = authority.as_str().strip_prefix(host);
    let reachable = port.is_some_and(|port| port.is_empty() || authority.port_u16().is_some_and(|port| port > 0));
    !host.is_empty() && reachable
}

/// A path and a query on a site, or on none.
fn address(site: &Uri, path: String, query: Option<&str>) -> Result<Uri> {
    let mut text = path;
    if let Some(query) = query {
        text.push('?');
        text.push_str(query);
    }
    let mut parts = site.clone().into_parts();
    let uri = match parts.authority {
        None => Uri::try_from(&text).map_err(|error| error.to_string()),
        Some(_) => PathAndQuery::try_from(&text).map_err(|error| error.to_string()).and_then(|path| {
            parts.path_and_query = Some(path);
            Uri::from_parts(parts).map_err(|error| error.to_string())
        }),
    };
    uri.map_err(|error| Error::answer(format!("a redirect leads to {text:?}, no address: {error}")))
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
            let resolved = resolve(&base, reference).expect("an address");
            assert_eq!(resolved, *format!("http://a{want}"), "{reference:?}");
            let in_memory = resolve(&Uri::from_static("/b/c/d;p?q"), reference).expect("an address");
            assert_eq!(in_memory, want, "{reference:?}");
        }
    }

    #[test]
    fn another_site_is_named_in_one_way() {
        let base = Uri::from_static("http://a:1/b?q");
        for (reference, want) in [
            ("http://g", "http://g/"),
            ("HTTP://g:2/x/../y?z#f", "http://g:2/y?z"),
            ("https://g/x", "https://g/x"),
            ("//g:3/x", "http://g:3/x"),
            ("//[::1]:3/x", "http://[::1]:3/x"),
        ] {
            assert_eq!(resolve(&base, reference).expect("an address"), *want, "{reference:?}");
        }
        for reference in [
            "ftp://g/x",
            "mailto:ann@g",
            "https:x",
            "http:///x",
            "//",
            "///x",
            "//ann@g/x",
            "http://ann:pw@g/",
            "/\\g",
            "\\\\g",
            "http:\\\\g",
            "//g\\@h/",
            "javascript:x",
            "http://g:99999/",
            "http://a b/",
        ] {
            assert!(resolve(&base, reference).expect_err("no way").is_answer(), "{reference:?}");
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

//! The server a client speaks to: its origin, and the path that its handlers stand under.

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::client::redirect::same_origin;
use crate::client::reference::is_site;
use crate::error::{Error, Result};

/// An origin and a path without a slash at its end.
#[derive(Clone, Debug)]
pub(super) struct Base {
    scheme: Scheme,
    authority: Authority,
    pub(super) prefix: String,
}

impl Base {
    /// Reads `http://host:port/path`; what a client could only misunderstand is refused.
    pub(super) fn read(text: &str) -> Result<Self> {
        let refuse = |why: &str| Err(Error::link(format!("{} is no address for a client: {why}", shown(text))));
        let uri = match Uri::try_from(text) {
            Ok(uri) => uri.into_parts(),
            Err(error) => return refuse(&error.to_string()),
        };
        let Some((scheme, authority)) = uri.scheme.zip(uri.authority) else {
            return refuse("write it as \"http://127.0.0.1:8888\"");
        };
        if let Err(why) = speaks(&scheme) {
            return refuse(why);
        }
        if authority.as_str().contains('@') {
            return refuse("a name and a password belong in `.header(\"authorization\", ..)`");
        }
        if !is_site(&authority) {
            return refuse("it needs a host, and a port between 1 and 65535 where there is one");
        }
        let path = uri.path_and_query.unwrap_or(PathAndQuery::from_static("/"));
        if path.query().is_some() || text.contains('#') {
            return refuse("a query or fragment belongs to a call");
        }
        Ok(Self { scheme, authority, prefix: path.path().trim_end_matches('/').to_owned() })
    }

    /// An address without a host, as it is on this server.
    pub(super) fn absolute(&self, path: Uri) -> Result<Uri> {
        let path = path.into_parts().path_and_query;
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = path;
        Uri::from_parts(parts).map_err(|error| Error::link(format!("there is no such address: {error}")))
    }

    /// An address that the caller wrote: a path is read below the prefix, a whole address stays, on this origin.
    pub(super) fn address(&self, written: Uri) -> Result<Uri> {
        if written.scheme().is_some() {
            if !written.authority().is_some_and(is_site) || !self.is_origin_of(&written) {
                return Err(Error::link(format!(
                    "this client speaks to {}://{}: make another for {}",
                    self.scheme,
                    self.authority,
                    shown(&written.to_string())
                )));
            }
            return Ok(written);
        }
        let path = written.path_and_query().map_or("", PathAndQuery::as_str);
        if written.authority().is_some() || !path.starts_with('/') {
            return Err(Error::link(format!("{written:?} is no path: begin it with a slash")));
        }
        if self.prefix.is_empty() {
            return self.absolute(written);
        }
        let whole = format!("{}{path}", self.prefix);
        self.absolute(Uri::try_from(whole).map_err(|error| Error::link(format!("{path:?} is no path: {error}")))?)
    }

    /// Whether an address is on this server.
    pub(super) fn is_origin_of(&self, uri: &Uri) -> bool {
        self.absolute(Uri::from_static("/")).is_ok_and(|own| same_origin(&own, uri))
    }
}

/// Whether this client can speak to addresses of a scheme, and why not.
pub(super) fn speaks(scheme: &Scheme) -> std::result::Result<(), &'static str> {
    if *scheme == Scheme::HTTP {
        Ok(())
    } else if *scheme == Scheme::HTTPS {
        Err("https is not spoken here yet: this client has no TLS")
    } else {
        Err("a client speaks http")
    }
}

/// The text of an address for a message, without what may be a password.
fn shown(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("\"..@{}\"", rest.escape_debug()),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_an_origin_and_a_path() {
        for (text, path, want) in [
            ("http://a", "/x?y", "http://a/x?y"),
            ("http://a/", "/", "http://a/"),
            ("HTTP://a:81/api", "/x", "http://a:81/api/x"),
            ("http://[::1]:81/api/", "/", "http://[::1]:81/api/"),
            ("http://a", "//b/x", "http://a//b/x"),
            ("http://a:80", "http://A/x", "http://A/x"),
            ("http://a/api", "http://a/x", "http://a/x"),
        ] {
            let base = Base::read(text).expect("an address");
            let uri = Uri::try_from(path).expect("a target");
            assert_eq!(base.address(uri).expect("an address").to_string(), want, "{text} {path}");
        }
    }

    #[test]
    fn an_address_that_means_something_else_is_refused() {
        for text in [
            "",
            "a",
            "a:81",
            "/a",
            "127.0.0.1:8888",
            "https://a",
            "ftp://a",
            "http://",
            "http:///x",
            "http://a?x",
            "http://a#x",
            "http://ann:pw@a",
            "http://ann@a",
            "http://a:0",
            "http://a:99999",
            "http://a:",
            "http://a b",
        ] {
            let error = Base::read(text).expect_err(text);
            assert!(error.is_link() && !error.to_string().contains("pw"), "{text}: {error}");
        }
        let base = Base::read("http://a").expect("an address");
        for path in ["x", "a:80", "*", "http://b/", "https://a/", "http://a:81/", "http://ann:pw@a/"] {
            let error = base.address(Uri::try_from(path).expect("a target")).expect_err(path);
            assert!(error.is_link() && !error.to_string().contains("pw"), "{path}: {error}");
        }
    }
}

//! Sending the client elsewhere: to a handler or a local path, never to another site by accident.

use std::sync::Arc;

use http::header::{HeaderValue, LOCATION};
use http::{StatusCode, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::error::{Error, Result};
use crate::link::{Link, ToLink};
use crate::response::{IntoResponse, Response, failed};

/// What people write into an address although RFC 3986 section 2 has no place for it. An escape stays one.
const UNWRITTEN: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// An answer that names another address (RFC 9110 section 15.4).
///
/// [`Redirect::to`] takes a handler struct or a path of this site. What leads to another origin is refused there
/// and needs [`Redirect::external`], so a `?next=` from a request cannot become an open redirect.
///
/// ```
/// use squall::{IntoResponse, Redirect};
///
/// let response = Redirect::to("/items?page=2").into_response();
/// assert_eq!(response.status(), 303);
/// assert_eq!(response.headers()["location"], "/items?page=2");
/// assert_eq!(Redirect::to("/search?q=a b#top").into_response().headers()["location"], "/search?q=a%20b#top");
/// assert_eq!(Redirect::to("//evil.example").into_response().status(), 500);
/// ```
#[derive(Debug)]
pub struct Redirect {
    status: StatusCode,
    target: Target,
}

/// Where a redirect leads; a handler of a mounted crate gets its prefix when the application sends the answer.
#[derive(Debug)]
enum Target {
    Link(Arc<Link>),
    Address(Result<HeaderValue>),
}

/// What [`Redirect::to`] leads to: a handler struct, or a path of this site as text or `Uri`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no target of a redirect",
    label = "neither a handler struct nor a local path",
    note = "write `Redirect::to(Item::at(7))` or `Redirect::to(\"/items/7\")`"
)]
pub trait IntoTarget {
    /// Makes the redirect with this status.
    fn into_redirect(self, status: StatusCode) -> Redirect;
}

#[diagnostic::do_not_recommend]
impl<L: ToLink> IntoTarget for L {
    fn into_redirect(self, status: StatusCode) -> Redirect {
        Redirect { status, target: Target::Link(Arc::new(Link::to(&self))) }
    }
}

impl IntoTarget for &str {
    fn into_redirect(self, status: StatusCode) -> Redirect {
        Redirect { status, target: Target::Address(local(self)) }
    }
}

impl IntoTarget for String {
    fn into_redirect(self, status: StatusCode) -> Redirect {
        self.as_str().into_redirect(status)
    }
}

impl IntoTarget for Uri {
    fn into_redirect(self, status: StatusCode) -> Redirect {
        self.to_string().as_str().into_redirect(status)
    }
}

/// A path of this site: begins with one slash, and no browser reads an authority into it.
fn local(text: &str) -> Result<HeaderValue> {
    let mut after_slash = text.strip_prefix('/').map(str::chars);
    let elsewhere = match &mut after_slash {
        None => true,
        Some(rest) => matches!(rest.next(), Some('/' | '\\')),
    };
    if elsewhere || text.contains('\\') {
        return Err(Error::link(format!("{text:?} is no path of this site; other sites need `Redirect::external`")));
    }
    address(text)
}

/// An address as a `Location`, its fragment included (RFC 9110 section 10.2.2).
fn address(text: &str) -> Result<HeaderValue> {
    let fault = |reason: &dyn std::fmt::Display| Error::link(format!("{text:?} is no address: {reason}"));
    if text.chars().any(char::is_control) {
        return Err(fault(&"it holds a control character"));
    }
    // Text that a person wrote may hold spaces and letters beyond ASCII; a header may not.
    let ascii = utf8_percent_encode(text, UNWRITTEN).to_string();
    // `Uri` drops a fragment, so it only judges what stands before.
    Uri::try_from(ascii.split('#').next().unwrap_or_default()).map_err(|error| fault(&error))?;
    HeaderValue::try_from(ascii).map_err(|error| fault(&error))
}

impl Redirect {
    /// 303: look there with GET. What follows a form.
    pub fn to(target: impl IntoTarget) -> Self {
        target.into_redirect(StatusCode::SEE_OTHER)
    }

    /// 307: the same request, there, for now; method and body are kept.
    pub fn temporary(target: impl IntoTarget) -> Self {
        target.into_redirect(StatusCode::TEMPORARY_REDIRECT)
    }

    /// 308: the same request, there, for good; method and body are kept.
    pub fn permanent(target: impl IntoTarget) -> Self {
        target.into_redirect(StatusCode::PERMANENT_REDIRECT)
    }

    /// 303 to where an untrusted text says, such as `?next=` after a login, or to `fallback` where that is no path of
    /// this site: with a scheme or another host, with control characters, or empty.
    ///
    /// ```
    /// use squall::{IntoResponse, Redirect};
    ///
    /// let leads_to = |next| Redirect::local_or(next, "/home").into_response().headers()["location"].clone();
    /// assert_eq!(leads_to("/basket?step=2"), "/basket?step=2");
    /// assert_eq!(leads_to("//evil.example"), "/home");
    /// assert_eq!(leads_to("https://evil.example/basket"), "/home");
    /// ```
    pub fn local_or(next: impl AsRef<str>, fallback: impl IntoTarget) -> Self {
        match local(next.as_ref()) {
            Ok(location) => Self { status: StatusCode::SEE_OTHER, target: Target::Address(Ok(location)) },
            Err(_) => Self::to(fallback),
        }
    }

    /// 303 to any address, other sites included. Never give it text from a request.
    pub fn external(address: &str) -> Self {
        Self { status: StatusCode::SEE_OTHER, target: Target::Address(self::address(address)) }
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let (location, link) = match self.target {
            Target::Link(link) => (link.uri("").and_then(|uri| address(&uri.to_string())), Some(link)),
            Target::Address(location) => (location, None),
        };
        let location = match location {
            Ok(location) => location,
            Err(error) => return failed("a redirect leads nowhere", error),
        };
        let mut response = self.status.into_response();
        response.headers_mut().insert(LOCATION, location);
        if let Some(link) = link {
            response.extensions_mut().insert(LinkTarget(link));
        }
        response
    }
}

/// Left in the response so that the application can put the prefix of a mount before the path.
#[derive(Clone)]
pub(crate) struct LinkTarget(pub(crate) Arc<Link>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_nowhere_else() {
        for bad in [
            "//a.example",
            "/\\a.example",
            "https://a.example",
            "items",
            "",
            "/a\r\nb: c",
            "/a\tb",
            "javascript:x",
            "#top",
            "?a",
            "/#\n",
            "/\t/a.example",
            " //a.example",
            "/a#\\b",
            "//a.example#/",
        ] {
            let fallen_back = Redirect::local_or(bad, "/home").into_response();
            assert_eq!(fallen_back.headers()["location"], "/home", "{bad:?}");
            let response = Redirect::to(bad).into_response();
            assert_eq!(response.status(), 500, "{bad:?}");
            assert!(response.headers().get("location").is_none(), "{bad:?}");
        }
        for bad in ["https://a.example/\r\nb: c", "https://a.example/#\n", "https://a b/", "https://ä.example/", ""] {
            assert_eq!(Redirect::external(bad).into_response().status(), 500, "{bad:?}");
        }
    }

    #[test]
    fn keeps_the_text_and_encodes_what_no_address_may_hold() {
        let location = |redirect: Redirect| {
            let response = redirect.into_response();
            response.headers()["location"].to_str().expect("ASCII").to_owned()
        };
        for (text, want) in [
            ("/items?page=1#top", "/items?page=1#top"),
            ("/#", "/#"),
            ("/search?q=a b", "/search?q=a%20b"),
            ("/a%20b?c=%25#d e/ä", "/a%20b?c=%25#d%20e/%C3%A4"),
            ("/{a}|\"<b>\"^`", "/%7Ba%7D%7C%22%3Cb%3E%22%5E%60"),
            ("/a//b?next=//c", "/a//b?next=//c"),
        ] {
            assert_eq!(location(Redirect::to(text)), want);
        }
        for text in ["https://a.example/x#y", "https://a.example", "https://a.example?q#y"] {
            assert_eq!(location(Redirect::external(text)), text);
        }
        assert_eq!(location(Redirect::external("https://a.example/ä b")), "https://a.example/%C3%A4%20b");
    }

    #[test]
    fn has_the_status_it_is_named_for() {
        assert_eq!(Redirect::temporary("/").into_response().status(), 307);
        assert_eq!(Redirect::permanent("/").into_response().status(), 308);
        assert_eq!(Redirect::to("/ä").into_response().headers()["location"], "/%C3%A4");
    }
}

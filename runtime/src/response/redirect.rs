//! Sending the client elsewhere: to a handler or a local path, never to another site by accident.

use http::header::{HeaderValue, LOCATION};
use http::{StatusCode, Uri};

use crate::error::{Error, Result};
use crate::link::{Link, ToLink};
use crate::response::{IntoResponse, Response, failure};

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
    Link(Link),
    Address(Result<Uri>),
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
        Redirect { status, target: Target::Link(Link::to(&self)) }
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
fn local(text: &str) -> Result<Uri> {
    let mut after_slash = text.strip_prefix('/').map(str::chars);
    let elsewhere = match &mut after_slash {
        None => true,
        Some(rest) => matches!(rest.next(), Some('/' | '\\')),
    };
    if elsewhere || text.contains('\\') || text.chars().any(char::is_control) {
        return Err(Error::link(format!("{text:?} is no path of this site; other sites need `Redirect::external`")));
    }
    // Text that a person wrote may hold letters beyond ASCII; a header may not.
    let ascii: String = percent_encoding::utf8_percent_encode(text, percent_encoding::CONTROLS).collect();
    Uri::try_from(ascii).map_err(|error| Error::link(format!("{text:?} is no address: {error}")))
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

    /// 303 to any address, other sites included. Never give it text from a request.
    pub fn external(address: &str) -> Self {
        let uri = Uri::try_from(address).map_err(|error| Error::link(format!("{address:?} is no address: {error}")));
        Self { status: StatusCode::SEE_OTHER, target: Target::Address(uri) }
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let uri = match &self.target {
            Target::Link(link) => link.uri(""),
            Target::Address(Ok(uri)) => Ok(uri.clone()),
            Target::Address(Err(error)) => Err(Error::link(error.to_string())),
        };
        let location =
            uri.and_then(|uri| HeaderValue::try_from(uri.to_string()).map_err(|error| Error::link(error.to_string())));
        let location = match location {
            Ok(location) => location,
            Err(error) => {
                tracing::error!(%error, "a redirect leads nowhere");
                return failure();
            }
        };
        let mut response = self.status.into_response();
        response.headers_mut().insert(LOCATION, location);
        if let Target::Link(link) = self.target {
            response.extensions_mut().insert(LinkTarget(std::sync::Arc::new(link)));
        }
        response
    }
}

/// Left in the response so that the application can put the prefix of a mount before the path.
#[derive(Clone)]
pub(crate) struct LinkTarget(pub(crate) std::sync::Arc<Link>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_nowhere_else() {
        for bad in
            ["//a.example", "/\\a.example", "https://a.example", "items", "", "/a\r\nb: c", "/a\tb", "javascript:x"]
        {
            let response = Redirect::to(bad).into_response();
            assert_eq!(response.status(), 500, "{bad:?}");
            assert!(response.headers().get("location").is_none(), "{bad:?}");
        }
        assert_eq!(Redirect::external("https://a.example/").into_response().status(), 303);
    }

    #[test]
    fn has_the_status_it_is_named_for() {
        assert_eq!(Redirect::temporary("/").into_response().status(), 307);
        assert_eq!(Redirect::permanent("/").into_response().status(), 308);
        assert_eq!(Redirect::to("/ä").into_response().headers()["location"], "/%C3%A4");
    }
}

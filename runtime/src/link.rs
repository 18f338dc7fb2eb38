//! Writing a request back into its link: path, query, headers and cookies, encoded so that reading gives them back.

use std::any::TypeId;
use std::fmt::Write as _;

use http::header::{COOKIE, HeaderName, HeaderValue};
use http::{HeaderMap, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Error, Result};

/// What may stand in a path segment for itself: RFC 3986 section 3.3, `pchar`.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What may stand in a query value for itself, so that form decoding gives it back.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'*')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// A struct that knows its own link. `#[handler]` writes the implementation.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no link",
    label = "not declared with `#[handler(\"/..\")]`",
    note = "a handler struct can be linked to, and a path such as \"/items\" where one is expected"
)]
pub trait ToLink: 'static {
    /// Writes the path, the query, and what else the request carries.
    fn write_link(&self, link: &mut Link);
}

/// A request in the making: what `url()` shows and what a client sends.
#[derive(Debug, Default)]
pub struct Link {
    handler: Option<TypeId>,
    path: String,
    query: String,
    headers: HeaderMap,
    cookies: String,
    /// Why there is no address.
    fault: Option<String>,
    /// Why the header fields cannot be sent, of which an address knows nothing.
    unsendable: Option<String>,
}

impl Link {
    /// The link to a handler's request.
    pub fn to<L: ToLink>(request: &L) -> Self {
        let mut link = Self { handler: Some(TypeId::of::<L>()), ..Self::default() };
        request.write_link(&mut link);
        link
    }

    /// The handler it leads to, so that a mount can put its prefix before the path.
    pub(crate) fn handler(&self) -> Option<TypeId> {
        self.handler
    }

    /// Text of the path that stands there as it is, already encoded.
    pub fn literal(&mut self, text: &str) {
        self.path.push_str(text);
    }

    /// The slash of a path that has nothing else.
    pub(crate) fn root(&mut self) {
        if self.path.is_empty() {
            self.path.push('/');
        }
    }

    /// One segment of the path.
    pub fn segment(&mut self, name: &str, value: &str) {
        self.check(name, value);
        self.path.extend(utf8_percent_encode(value, SEGMENT));
    }

    /// The rest of the path: slashes stay.
    pub fn tail(&mut self, name: &str, value: &str) {
        self.check(name, value);
        // A path that begins with two slashes would name another site.
        let value = match value.strip_prefix('/') {
            Some(rest) => {
                self.path.push_str("%2F");
                rest
            }
            None => value,
        };
        for (index, piece) in value.split('/').enumerate() {
            if index > 0 {
                self.path.push('/');
            }
            self.path.extend(utf8_percent_encode(piece, SEGMENT));
        }
    }

    /// One `name=value` of the query.
    pub fn query(&mut self, name: &str, value: &str) {
        let separator = if self.query.is_empty() { "" } else { "&" };
        // Writing to a String does not fail.
        let _ =
            write!(self.query, "{separator}{}={}", utf8_percent_encode(name, QUERY), utf8_percent_encode(value, QUERY));
    }

    /// What a serde struct adds to the query.
    pub fn query_of<T: serde::Serialize>(&mut self, name: &str, value: &T) {
        match serde_html_form::to_string(value) {
            Ok(pairs) if pairs.is_empty() => {}
            Ok(pairs) if self.query.is_empty() => self.query = pairs,
            Ok(pairs) => {
                self.query.push('&');
                self.query.push_str(&pairs);
            }
            Err(error) => {
                self.cannot_be_written(format!("query `{name}` cannot be written: {error}"));
            }
        }
    }

    /// One header field. White space around its value would not arrive (RFC 9110 section 5.5).
    pub fn header(&mut self, name: &str, value: &str) {
        let padded = value.starts_with([' ', '\t']) || value.ends_with([' ', '\t']);
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) if !padded => {
                self.headers.append(name, value);
            }
            _ => {
                self.cannot_be_sent(format!("header `{name}` cannot carry the value {value:?}"));
            }
        }
    }

    /// One cookie (RFC 6265 section 4.1.1).
    pub fn cookie(&mut self, name: &str, value: &str) {
        let octet = |byte: u8| matches!(byte, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E);
        if !value.bytes().all(octet) {
            self.cannot_be_sent(format!("cookie `{name}` cannot carry the value {value:?}"));
            return;
        }
        let separator = if self.cookies.is_empty() { "" } else { "; " };
        let _ = write!(self.cookies, "{separator}{name}={value}");
    }

    /// Path and query cannot be written; the first reason is kept.
    pub(crate) fn cannot_be_written(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }

    /// Headers or cookies cannot be sent, and the link is right all the same; the first reason is kept.
    pub(crate) fn cannot_be_sent(&mut self, fault: String) {
        self.unsendable.get_or_insert(fault);
    }

    fn check(&mut self, name: &str, value: &str) {
        if let Some(fault) = unfit(value) {
            self.cannot_be_written(format!("path parameter `{name}` {fault}"));
        }
    }

    /// The address with a prefix before the path.
    ///
    /// # Errors
    /// [`Error::is_link`] where a value cannot stand in the path or the query. Header fields and cookies are no part of
    /// the address: what is wrong with them, [`Link::into_headers`] says.
    pub fn uri(&self, prefix: &str) -> Result<Uri> {
        if let Some(fault) = &self.fault {
            return Err(Error::link(fault.clone()));
        }
        let mut text = String::with_capacity(prefix.len() + self.path.len() + self.query.len() + 2);
        text.push_str(prefix);
        if prefix.is_empty() || self.path != "/" {
            text.push_str(&self.path);
        }
        if !self.query.is_empty() {
            text.push('?');
            text.push_str(&self.query);
        }
        let length = text.len();
        Uri::try_from(text).map_err(|error| Error::link(format!("a link of {length} bytes is no address: {error}")))
    }

    /// The header fields, cookies included.
    ///
    /// # Errors
    /// [`Error::is_link`] where a header or a cookie cannot carry its value.
    pub fn into_headers(mut self) -> Result<HeaderMap> {
        if let Some(fault) = self.unsendable {
            return Err(Error::link(fault));
        }
        if !self.cookies.is_empty() {
            let value = HeaderValue::try_from(&self.cookies).map_err(|error| Error::link(error.to_string()))?;
            self.headers.insert(COOKIE, value);
        }
        Ok(self.headers)
    }
}

/// Why a value cannot stand in a path: what the reader of parameters refuses, too.
fn unfit(value: &str) -> Option<&'static str> {
    if value.is_empty() {
        Some("is empty, and an empty segment does not match")
    } else if value.split('/').any(|piece| piece == "." || piece == "..") {
        Some("is or holds `.` or `..`, which clients resolve before they send it")
    } else if value.contains('\0') {
        Some("contains NUL")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_each_part_by_its_own_rule() {
        let mut link = Link::default();
        link.literal("/items/");
        link.segment("id", "a/b c&d");
        link.query("q", "a b&c=d+e");
        link.query("é", "%");
        assert_eq!(link.uri("").expect("a link").to_string(), "/items/a%2Fb%20c&d?q=a%20b%26c%3Dd%2Be&%C3%A9=%25");
        assert_eq!(link.uri("/shop").expect("a link").path(), "/shop/items/a%2Fb%20c&d");
    }

    #[test]
    fn refuses_what_would_not_come_back() {
        for value in ["", ".", "..", "a\0"] {
            let mut link = Link::default();
            link.segment("id", value);
            assert!(link.uri("").expect_err("unfit").is_link(), "{value:?}");
        }
    }

    #[test]
    fn header_fields_and_cookies_are_no_part_of_the_address() {
        let write: [fn(&mut Link); 2] = [|link| link.cookie("a", "x; y"), |link| link.header("x-a", "\n")];
        for write in write {
            let mut link = Link::default();
            link.literal("/");
            write(&mut link);
            assert_eq!(link.uri("").expect("a link"), "/");
            assert!(link.into_headers().expect_err("unsendable").is_link());
        }
    }

    #[test]
    fn a_tail_keeps_its_slashes() {
        let mut link = Link::default();
        link.literal("/files/");
        link.tail("rest", "a/b c/ü");
        assert_eq!(link.uri("").expect("a link").path(), "/files/a/b%20c/%C3%BC");
    }
}

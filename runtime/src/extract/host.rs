//! The host that a request is for.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use http::header::HOST;

use crate::extract::FromRequest;
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Place, Response, faulty};

/// The host that a request is for: the authority of its target where that has one (always in HTTP/2), otherwise the
/// `Host` field (RFC 9110 section 7.2).
///
/// It is what the client wrote, checked for its form only: do not build links that others follow from it without
/// comparing it with names of your own. A request that has none, a malformed one, or two is 400; `Option<Host>` is
/// `None` where there is none.
///
/// ```standalone_crate
/// use squall::{Application, Host, get, testing::TestClient};
///
/// #[get("/host")]
/// async fn host(host: Host) -> String {
///     format!("{} {:?}", host.name(), host.port())
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let answer = client.get("/host").header("host", "example.com:8080").await?;
/// assert_eq!(answer.text()?, "example.com Some(8080)");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    text: String,
    /// Where the name ends in it.
    name: usize,
    port: Option<u16>,
}

/// Why there is no telling the host (400).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostRejection {
    /// The request names none.
    Missing,
    /// It names more than one.
    Several,
    /// It is malformed.
    Malformed,
}

impl Host {
    /// The name or address without the port, in lower case; an IPv6 address stands in brackets.
    pub fn name(&self) -> &str {
        &self.text[..self.name]
    }

    /// The port, where one is named.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The address, where the host is one and not a name.
    pub fn ip(&self) -> Option<IpAddr> {
        self.name().trim_matches(['[', ']']).parse().ok()
    }

    /// `host [":" port]` (RFC 3986 section 3.2.2): an IPv6 address in brackets, or a name; no user in front.
    fn parse(text: &str) -> Result<Self, HostRejection> {
        let (name, rest) = match text.strip_prefix('[') {
            Some(literal) => {
                let (address, _) = literal.split_once(']').ok_or(HostRejection::Malformed)?;
                address.parse::<Ipv6Addr>().map_err(|_| HostRejection::Malformed)?;
                text.split_at(address.len() + 2)
            }
            None => text.split_at(text.find(':').unwrap_or(text.len())),
        };
        let named = name.starts_with('[') || (!name.is_empty() && is_name(name));
        let port = match rest.strip_prefix(':') {
            None if rest.is_empty() => None,
            // An empty port is none (RFC 3986 section 3.2.3).
            Some("") => None,
            Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(port.parse().map_err(|_| HostRejection::Malformed)?)
            }
            _ => return Err(HostRejection::Malformed),
        };
        if !named {
            return Err(HostRejection::Malformed);
        }
        let length = name.len();
        Ok(Self { text: text.to_ascii_lowercase(), name: length, port })
    }
}

/// `reg-name`: unreserved characters, sub-delimiters and percent escapes.
fn is_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(byte),
    })
}

/// Name and port, as they were sent but in lower case.
impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for HostRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "is missing",
            Self::Several => "is given more than once",
            Self::Malformed => "must be a host such as example.com or example.com:8080",
        })
    }
}

impl std::error::Error for HostRejection {}

impl IntoResponse for HostRejection {
    fn into_response(self) -> Response {
        let mut faults = Faults::default();
        faults.unreadable(Place::Header, "host", self.to_string());
        faulty(self, faults)
    }
}

impl FromRequest for Host {
    type Rejection = HostRejection;

    async fn from_request(request: &mut Request) -> Result<Self, HostRejection> {
        if let Some(authority) = request.uri().authority() {
            return Self::parse(authority.as_str());
        }
        let mut lines = request.headers().get_all(HOST).into_iter();
        let line = lines.next().ok_or(HostRejection::Missing)?;
        if lines.next().is_some() {
            return Err(HostRejection::Several);
        }
        Self::parse(line.to_str().map_err(|_| HostRejection::Malformed)?)
    }

    fn is_absent(rejection: &HostRejection) -> bool {
        *rejection == HostRejection::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_a_name_and_perhaps_a_port() {
        for (text, want) in [
            ("Example.COM", Some(("example.com", None))),
            ("example.com:8080", Some(("example.com", Some(8080)))),
            ("example.com:", Some(("example.com", None))),
            ("127.0.0.1:80", Some(("127.0.0.1", Some(80)))),
            ("[::1]:80", Some(("[::1]", Some(80)))),
            ("[::1]", Some(("[::1]", None))),
            ("b%C3%BCcher", Some(("b%c3%bccher", None))),
            ("", None),
            (":80", None),
            ("foo bar", None),
            ("foo/bar", None),
            ("a@b", None),
            ("a:65536", None),
            ("a:+1", None),
            ("a:1:2", None),
            ("a%4", None),
            ("[::1", None),
            ("[x]", None),
            ("[::1]x", None),
            ("é", None),
        ] {
            let host = Host::parse(text).ok();
            assert_eq!(host.as_ref().map(|host| (host.name(), host.port())), want, "{text}");
        }
        assert_eq!(Host::parse("[::1]:80").expect("a host").ip(), Some(Ipv6Addr::LOCALHOST.into()));
        assert_eq!(Host::parse("localhost").expect("a host").ip(), None);
    }
}

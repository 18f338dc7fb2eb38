//! The address that a request came from.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use crate::extract::FromRequest;
use crate::request::Request;
use crate::response::{IntoResponse, Response, missing};

/// The address at the other end of the connection, which is a proxy where one stands before the server.
///
/// Requests that came over no connection have none, such as those of a test client: that is 500, and `None` for
/// `Option<ClientAddr>`.
///
/// ```
/// use squall::{ClientAddr, Peer};
///
/// async fn greet(client: Option<ClientAddr>) -> String {
///     client.map_or("hello".to_owned(), |client| format!("hello {}", client.ip()))
/// }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// assert_eq!(greet(Some(ClientAddr(([127, 0, 0, 1], 4711).into()))).await, "hello 127.0.0.1");
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddr(pub SocketAddr);

impl ClientAddr {
    /// The address without the port.
    pub fn ip(&self) -> IpAddr {
        self.0.ip()
    }
}

impl fmt::Display for ClientAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Nobody said where the request came from (500, logged).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddrRejection;

impl fmt::Display for ClientAddrRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request came over no connection, so its client has no address")
    }
}

impl std::error::Error for ClientAddrRejection {}

impl IntoResponse for ClientAddrRejection {
    fn into_response(self) -> Response {
        // What is wrong is no concern of the client.
        missing(self, format!("{self}: take `Option<ClientAddr>`, or insert `squall::Peer` into the extensions"))
    }
}

impl FromRequest for ClientAddr {
    type Rejection = ClientAddrRejection;

    async fn from_request(request: &mut Request) -> Result<Self, ClientAddrRejection> {
        request.peer().map(|peer| Self(peer.0)).ok_or(ClientAddrRejection)
    }
}

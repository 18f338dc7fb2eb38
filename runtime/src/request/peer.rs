//! Who is at the other end of the connection.

use std::net::SocketAddr;

/// The address of the peer, which the server leaves among the extensions of a request.
///
/// Handlers take [`ClientAddr`](crate::ClientAddr); this is for whoever makes requests without a server.
///
/// ```
/// use squall::{Peer, Request, http};
///
/// let mut request: Request = http::Request::new(squall::Body::empty()).into();
/// request.extensions_mut().insert(Peer(([127, 0, 0, 1], 4711).into()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

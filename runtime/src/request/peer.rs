//! Who is at the other end of the connection.

use std::net::SocketAddr;

/// The address of the peer: [`Request::peer`](crate::Request::peer), and among the extensions of what a layer or a mounted
/// service of tower gets.
///
/// Handlers take [`ClientAddr`](crate::ClientAddr). Whoever makes requests without a server leaves it there.
///
/// ```
/// use squall::{Peer, Request, http};
///
/// let mut request: Request = http::Request::new(squall::Body::empty()).into();
/// request.extensions_mut().insert(Peer(([127, 0, 0, 1], 4711).into()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

//! A connection to a program under test, byte for byte.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::child::LIMIT;

/// An open connection.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the program listens");
        stream.set_read_timeout(Some(LIMIT)).expect("the limit is not zero");
        Self(stream)
    }

    pub(crate) fn send(&mut self, bytes: &str) {
        self.0.write_all(bytes.as_bytes()).expect("the connection is open");
    }

    /// Everything that comes until the program closes the connection; a reset closes it, too.
    pub(crate) fn rest(mut self) -> String {
        let mut answer = Vec::new();
        if let Err(error) = self.0.read_to_end(&mut answer) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// The answer to GET on a path.
pub(crate) fn get(address: &str, path: &str) -> String {
    let mut connection = Connection::open(address);
    connection.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"));
    connection.rest()
}

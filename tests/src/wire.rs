//! One connection, byte by byte.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::within;

/// A connection to a server and what has been read of it beyond the last reply.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer of HTTP/1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The number in the status line.
    pub status: u16,
    /// The status line.
    pub line: String,
    /// The header fields in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, without its framing.
    pub body: Vec<u8>,
}

impl Wire {
    /// Connects.
    ///
    /// # Panics
    /// When nobody listens.
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = within("a connection", TcpStream::connect(address)).await.expect("nobody listens");
        stream.set_nodelay(true).expect("an open socket");
        Self { stream, read: Vec::new() }
    }

    /// Sends bytes as they are.
    ///
    /// # Panics
    /// When the other side has closed.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        within("bytes to be taken", self.stream.write_all(bytes.as_ref())).await.expect("the connection is open");
    }

    /// Sends bytes that the other side may refuse to read.
    pub async fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = within("bytes to be taken", self.stream.write_all(bytes.as_ref())).await;
    }

    /// Says that nothing more will be sent, and goes on reading.
    ///
    /// # Panics
    /// When the connection has broken.
    pub async fn finish(&mut self) {
        self.stream.shutdown().await.expect("the connection is open");
    }

    /// Sends a request without a body and reads the answer; `fields` are whole header lines.
    pub async fn ask(&mut self, method: &str, target: &str, fields: &str) -> Reply {
        self.send(format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{fields}\r\n")).await;
        if method == "HEAD" { self.reply_without_body().await } else { self.reply().await }
    }

    /// Sends a request with a body and its length, and reads the answer.
    pub async fn post(&mut self, target: &str, content_type: &str, body: &str) -> Reply {
        let length = body.len();
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        self.try_send(head + body).await;
        self.reply().await
    }

    /// Reads one answer with its body.
    ///
    /// # Panics
    /// When it is malformed, or none comes.
    pub async fn reply(&mut self) -> Reply {
        let mut reply = self.reply_without_body().await;
        if reply.status / 100 == 1 || reply.status == 204 || reply.status == 304 {
            return reply;
        }
        reply.body = if reply.header("transfer-encoding") == Some("chunked") {
            self.chunks().await
        } else if let Some(length) = reply.header("content-length") {
            self.take(length.parse().expect("a length")).await
        } else {
            self.rest().await
        };
        reply
    }

    /// Reads the head of one answer.
    ///
    /// # Panics
    /// When it is malformed, or none comes.
    pub async fn reply_without_body(&mut self) -> Reply {
        let head = self.take_to(b"\r\n\r\n").await;
        let head = String::from_utf8(head).expect("heads are ASCII here");
        let mut lines = head.trim_end().split("\r\n");
        let line = lines.next().expect("a status line").to_owned();
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let headers = lines
            .map(|line| line.split_once(':').expect("a header field"))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Reply { status, line, headers, body: Vec::new() }
    }

    /// Reads until the other side has closed, in order or not.
    pub async fn rest(&mut self) -> Vec<u8> {
        while self.more("the other side to close").await {}
        std::mem::take(&mut self.read)
    }

    /// Waits until the other side has closed.
    ///
    /// # Panics
    /// When it sends something first.
    pub async fn closed(&mut self) {
        let rest = self.rest().await;
        assert!(rest.is_empty(), "{} instead of the end", String::from_utf8_lossy(&rest));
    }

    /// Reads more; false at the end. A reset is an end, too: the other side did not want to hear all.
    async fn more(&mut self, what: &str) -> bool {
        match within(what, self.stream.read_buf(&mut self.read)).await {
            Ok(length) => length > 0,
            Err(_) => false,
        }
    }

    /// Reads so many bytes.
    ///
    /// # Panics
    /// When the other side closes before.
    pub async fn take(&mut self, length: usize) -> Vec<u8> {
        while self.read.len() < length {
            assert!(self.more("a whole body").await, "the body ends after {} of {length} bytes", self.read.len());
        }
        self.read.drain(..length).collect()
    }

    async fn take_to(&mut self, end: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = self.read.windows(end.len()).position(|window| window == end) {
                return self.read.drain(..at + end.len()).collect();
            }
            let text = || String::from_utf8_lossy(&self.read).into_owned();
            let so_far = text();
            assert!(self.more("an answer").await, "the answer ends with {so_far:?}");
        }
    }

    async fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let size = String::from_utf8(self.take_to(b"\r\n").await).expect("a chunk size");
            let size = usize::from_str_radix(size.trim_end(), 16).expect("a chunk size");
            let chunk = self.take(size + 2).await;
            if size == 0 {
                return body;
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }
}

impl Reply {
    /// The value of a header field, lines of one name joined.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let first = values.next();
        assert!(values.next().is_none(), "{name} stands twice in {:?}", self.headers);
        first
    }

    /// The body as text.
    ///
    /// # Panics
    /// When it is not UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }
}

//! A small client over one kept-alive connection: it sends one request, reads the whole answer, and sends the next.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::Result;
use crate::endpoints::Endpoint;

/// A server under callgrind is some fifty times slower, so this is long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A kept-alive connection to a peer.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
}

/// What came back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names in lower case and values, in the order of arrival.
    pub headers: Vec<(String, String)>,
    /// The body; only answers with a `Content-Length` are understood.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects, with a limit on every wait.
    pub fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), line: String::new() })
    }

    /// Sends one GET with the header fields that wrk sends, and reads its answer.
    pub fn get(&mut self, target: &str) -> Result<Answer> {
        let host = self.stream.get_ref().peer_addr()?;
        self.stream.get_mut().write_all(format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())?;

        let status = self.line()?.split(' ').nth(1).ok_or("a status line without a status")?.parse()?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| format!("not a header field: {line}"))?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        let length = answer.header("content-length").ok_or("an answer without Content-Length")?.parse()?;
        answer.body.resize(length, 0);
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    /// The next line of the head, without its end.
    fn line(&mut self) -> Result<&str> {
        self.line.clear();
        if self.stream.read_line(&mut self.line)? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(self.line.trim_end())
    }
}

impl Answer {
    /// The first value of a field; `name` is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether this is what the endpoint is to answer.
    pub fn check(&self, endpoint: &Endpoint) -> Result<()> {
        let media_type = self.header("content-type").and_then(|value| value.split(';').next());
        if self.status == 200 && media_type == Some(endpoint.media_type) && self.body == endpoint.body.as_bytes() {
            return Ok(());
        }
        let body = String::from_utf8_lossy(&self.body);
        Err(format!("{} answered {} {media_type:?} {body}", endpoint.target, self.status).into())
    }
}

//! Sending a file or parts of it: 206, 416, and `multipart/byteranges` (RFC 9110 sections 14 and 15.3.7).

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::BuildHasher as _;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::{ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, StatusCode};
use http_body::Frame;
use tokio::task::JoinHandle;

use crate::body::{Body, Cause, Frames, Guarded};
use crate::response::Response;
use crate::response::range::{Asked, asked};

/// How much is read at once.
const PIECE: u64 = 64 * 1024;

/// Left in the answer of a file, so that a part of it can be sent where the request asks for one.
#[derive(Clone)]
pub(super) struct FileParts {
    file: Arc<fs::File>,
    length: u64,
}

impl FileParts {
    pub(super) fn new(file: Arc<fs::File>, length: u64) -> Self {
        Self { file, length }
    }

    /// Says that there are ranges, where the answer is a file as it is and says nothing else.
    pub(super) fn announce(response: &mut Response) {
        if Self::in_answer(response).is_some() {
            response.headers_mut().entry(ACCEPT_RANGES).or_insert(HeaderValue::from_static("bytes"));
        }
    }

    /// The answer with the ranges asked for; as it is where it is no file, or not any more.
    pub(super) fn of(range: &HeaderValue, response: Response) -> Response {
        let Some(parts) = Self::in_answer(&response).cloned() else { return response };
        if response.headers().get(ACCEPT_RANGES).is_none_or(|value| value != "bytes") {
            return response;
        }
        match asked(range.as_bytes(), parts.length) {
            Asked::Whole => response,
            Asked::Nothing => parts.not_satisfiable(response),
            Asked::Parts(ranges) => match ranges.as_slice() {
                [range] => parts.single(range.clone(), response),
                _ => parts.several(&ranges, response),
            },
        }
    }

    /// What stands in an answer whose body is the file still; a coding of it has other bytes.
    fn in_answer(response: &Response) -> Option<&Self> {
        let parts = response.extensions().get::<Self>()?;
        let is_whole = response.body().len() == Some(parts.length);
        (is_whole && !response.headers().contains_key(CONTENT_ENCODING)).then_some(parts)
    }

    fn single(self, range: Range<u64>, response: Response) -> Response {
        let (mut head, _) = response.into_parts();
        head.status = StatusCode::PARTIAL_CONTENT;
        head.headers.insert(CONTENT_LENGTH, (range.end - range.start).into());
        set(&mut head.headers, CONTENT_RANGE, format!("bytes {}-{}/{}", range.start, range.end - 1, self.length));
        Response::from_parts(head, Body::new(Reading::part(&self.file, range).into_body()))
    }

    fn several(self, ranges: &[Range<u64>], response: Response) -> Response {
        // Nobody knows it before, so no file can hold it.
        let boundary = format!("{:016x}{:016x}", RandomState::new().hash_one(0), RandomState::new().hash_one(1));
        let (mut head, _) = response.into_parts();
        let content_type = head.headers.get(CONTENT_TYPE).cloned();
        let mut reading = Reading::new(&self.file);
        let mut between = "";
        for range in ranges {
            let (first, last, length) = (range.start, range.end - 1, self.length);
            let mut text = format!("{between}--{boundary}\r\n").into_bytes();
            if let Some(content_type) = &content_type {
                text.extend_from_slice(&[b"Content-Type: ", content_type.as_bytes(), b"\r\n"].concat());
            }
            text.extend_from_slice(format!("Content-Range: bytes {first}-{last}/{length}\r\n\r\n").as_bytes());
            reading.add_text(text);
            reading.add_range(range.clone());
            between = "\r\n";
        }
        reading.add_text(format!("\r\n--{boundary}--\r\n"));
        head.status = StatusCode::PARTIAL_CONTENT;
        head.headers.insert(CONTENT_LENGTH, reading.left.into());
        set(&mut head.headers, CONTENT_TYPE, format!("multipart/byteranges; boundary={boundary}"));
        Response::from_parts(head, Body::new(reading.into_body()))
    }

    fn not_satisfiable(self, response: Response) -> Response {
        let (mut head, _) = response.into_parts();
        head.status = StatusCode::RANGE_NOT_SATISFIABLE;
        head.headers.remove(CONTENT_TYPE);
        head.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        set(&mut head.headers, CONTENT_RANGE, format!("bytes */{}", self.length));
        Response::from_parts(head, Body::empty())
    }
}

fn set(headers: &mut HeaderMap, name: http::HeaderName, text: String) {
    headers.insert(name, HeaderValue::try_from(text).expect("digits and letters can stand in a header field"));
}

/// A body that is read from a file piece by piece, with text between its parts.
pub(super) struct Reading {
    file: Arc<fs::File>,
    segments: VecDeque<Segment>,
    /// What is being read; one piece at a time, and none before the one before it was taken.
    piece: Option<JoinHandle<io::Result<Bytes>>>,
    left: u64,
}

enum Segment {
    Text(Bytes),
    Range(Range<u64>),
}

impl Reading {
    fn new(file: &Arc<fs::File>) -> Self {
        Self { file: Arc::clone(file), segments: VecDeque::new(), piece: None, left: 0 }
    }

    /// One range and nothing else.
    pub(super) fn part(file: &Arc<fs::File>, range: Range<u64>) -> Self {
        let mut reading = Self::new(file);
        reading.add_range(range);
        reading
    }

    pub(super) fn into_body(self) -> Guarded<Self> {
        Guarded::new(self)
    }

    fn add_text(&mut self, text: impl Into<Bytes>) {
        let text = text.into();
        self.left += text.len() as u64;
        self.segments.push_back(Segment::Text(text));
    }

    fn add_range(&mut self, range: Range<u64>) {
        self.left += range.end - range.start;
        self.segments.push_back(Segment::Range(range));
    }
}

impl Frames for Reading {
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        loop {
            if let Some(piece) = &mut self.piece {
                let bytes = ready!(Pin::new(piece).poll(cx)).unwrap_or_else(|error| Err(io::Error::other(error)));
                self.piece = None;
                let bytes = bytes?;
                self.left -= bytes.len() as u64;
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            match self.segments.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Range(range)) if range.is_empty() => {
                    self.segments.pop_front();
                }
                Some(Segment::Range(range)) => {
                    let piece = range.start..range.end.min(range.start + PIECE);
                    range.start = piece.end;
                    let file = Arc::clone(&self.file);
                    self.piece = Some(tokio::task::spawn_blocking(move || read(&file, piece)));
                }
                Some(Segment::Text(text)) => {
                    let text = std::mem::take(text);
                    self.segments.pop_front();
                    self.left -= text.len() as u64;
                    return Poll::Ready(Some(Ok(Frame::data(text))));
                }
            }
        }
    }

    fn left(&self) -> Option<u64> {
        Some(self.left)
    }
}

/// Reads exactly this piece: a file that has become shorter is an error.
fn read(mut file: &fs::File, piece: Range<u64>) -> io::Result<Bytes> {
    file.seek(SeekFrom::Start(piece.start))?;
    let mut bytes = Vec::with_capacity(usize::try_from(piece.end - piece.start).unwrap_or_default());
    file.take(piece.end - piece.start).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < piece.end - piece.start {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file has become shorter"));
    }
    Ok(bytes.into())
}

//! A body whose end is seen.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};

use crate::body::{Body, Kind};
use crate::error::Result;

/// How a watched body came to its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ended {
    /// How many bytes were taken out of it.
    pub(crate) bytes: u64,
    pub(crate) end: End,
}

/// The ways to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// All of it was read.
    Whole,
    /// It failed.
    Failed,
    /// It was dropped before.
    Dropped,
}

pub(super) struct Watched {
    pub(super) body: Body,
    bytes: u64,
    /// How many bytes there will be, where that is known.
    length: Option<u64>,
    ended: Option<Box<dyn FnOnce(Ended) + Send>>,
}

impl Watched {
    pub(super) fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        match &polled {
            Poll::Pending => {}
            Poll::Ready(Some(Ok(frame))) => {
                self.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                // Who writes a body asks no further when it says that this was all.
                if self.body.is_end_stream() {
                    self.end(End::Whole);
                }
            }
            Poll::Ready(Some(Err(_))) => self.end(End::Failed),
            Poll::Ready(None) => self.end(End::Whole),
        }
        polled
    }

    fn end(&mut self, end: End) {
        if let Some(ended) = self.ended.take() {
            ended(Ended { bytes: self.bytes, end });
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // An empty body may never be asked.
        let is_whole = self.body.is_end_stream() || self.length == Some(self.bytes);
        let end = if is_whole { End::Whole } else { End::Dropped };
        // What is watched inside ends first.
        drop(std::mem::take(&mut self.body));
        self.end(end);
    }
}

impl Body {
    /// The same body; `ended` is called once, when it has been read to its end, has failed, or is dropped before.
    ///
    /// `length` is that of its header field, where it has one: who writes the body asks for no more.
    pub(crate) fn watched(self, length: Option<u64>, ended: impl FnOnce(Ended) + Send + 'static) -> Self {
        let ended: Box<dyn FnOnce(Ended) + Send> = Box::new(ended);
        let length = self.len().or(length);
        Self(Kind::Watched(Box::new(Watched { body: self, bytes: 0, length, ended: Some(ended) })))
    }

    /// Drops a body that is not to be sent, as the answer to HEAD: whoever watches it sees an end and no break.
    pub(crate) fn forgo(self) {
        if let Kind::Watched(mut watched) = self.0 {
            watched.end(End::Whole);
            std::mem::take(&mut watched.body).forgo();
        }
    }
}

//! The body as the parser takes it: a slice at a time, no more than it needs, within the handler's limit.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use crate::body::Body;
use crate::error::Error;
use crate::extract::multipart::MultipartRejection;

/// How much of a part is handed on at once.
const SLICE: usize = 64 * 1024;

/// How much is handed on at once while a head is read: what follows the head is data, which should not pile up.
const HEAD_SLICE: usize = 4 * 1024;

/// A body that several hold: the parser, which reads it, and the form, which says how much it may read.
///
/// The parser would read on for as long as there is something to read. It gets one slice for each permission instead,
/// so a form is never further ahead of its handler than that.
#[derive(Clone)]
pub(super) struct Source(Arc<Mutex<Inner>>);

struct Inner {
    body: Body,
    /// What has arrived and was not handed on.
    rest: Bytes,
    /// How many bytes of body may still arrive.
    left: usize,
    limit: usize,
    /// How many bytes the head that is being read may still take, and how many it could at first.
    head: Option<(usize, usize)>,
    permitted: bool,
    /// Whether the last permission has been used.
    used: bool,
}

impl Source {
    /// A body of which so many bytes may arrive; one that announces more is refused unread.
    pub(super) fn new(body: Body, limit: usize) -> Result<Self, MultipartRejection> {
        if body.size_hint().lower() > limit as u64 {
            return Err(MultipartRejection::Body(Error::too_large(limit)));
        }
        let rest = Bytes::new();
        let inner = Inner { body, rest, left: limit, limit, head: None, permitted: false, used: false };
        Ok(Self(Arc::new(Mutex::new(inner))))
    }

    /// From here on at most so many bytes are handed on, until [`Source::begin_data`]. Where that holds already, what
    /// was handed on counts: whoever waits in pieces gets no longer head.
    pub(super) fn begin_head(&self, limit: usize, slack: usize) {
        self.inner().head.get_or_insert((limit + slack, limit));
    }

    /// From here on the body's own limit is the only one.
    pub(super) fn begin_data(&self) {
        self.inner().head = None;
    }

    /// Takes a step of the parser, and again for as long as it uses what it is given without coming to a result.
    pub(super) fn drive<T>(&self, mut step: impl FnMut() -> Poll<T>) -> Poll<T> {
        loop {
            {
                let mut inner = self.inner();
                inner.permitted = true;
                inner.used = false;
            }
            match step() {
                Poll::Pending if self.inner().used => {}
                other => return other,
            }
        }
    }

    /// Reads what comes after the last part, and drops it: then the connection can carry another request.
    pub(super) fn poll_end(&self, cx: &mut Context<'_>) -> Poll<Result<(), MultipartRejection>> {
        let mut inner = self.inner();
        loop {
            inner.rest.clear();
            if !std::task::ready!(inner.poll_arrival(cx))? {
                return Poll::Ready(Ok(()));
            }
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A body that panicked is not read again: the panic ends the handler.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Fills `rest`; false at the end of the body.
    fn poll_arrival(&mut self, cx: &mut Context<'_>) -> Poll<Result<bool, MultipartRejection>> {
        while self.rest.is_empty() {
            let Some(frame) = std::task::ready!(Pin::new(&mut self.body).poll_frame(cx)) else {
                return Poll::Ready(Ok(false));
            };
            let Ok(data) = frame.map_err(MultipartRejection::Body)?.into_data() else { continue };
            let Some(left) = self.left.checked_sub(data.len()) else {
                return Poll::Ready(Err(MultipartRejection::Body(Error::too_large(self.limit))));
            };
            self.left = left;
            self.rest = data;
        }
        Poll::Ready(Ok(true))
    }

    fn poll_slice(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, MultipartRejection>>> {
        if !self.permitted {
            return Poll::Pending;
        }
        let arrived = std::task::ready!(self.poll_arrival(cx));
        self.permitted = false;
        self.used = true;
        match arrived {
            Err(rejection) => return Poll::Ready(Some(Err(rejection))),
            Ok(false) => return Poll::Ready(None),
            Ok(true) => {}
        }
        let most = match &mut self.head {
            None => SLICE.min(self.rest.len()),
            Some((0, limit)) => return Poll::Ready(Some(Err(MultipartRejection::HeadTooLarge { limit: *limit }))),
            Some((left, _)) => {
                let most = HEAD_SLICE.min(self.rest.len()).min(*left);
                *left -= most;
                most
            }
        };
        Poll::Ready(Some(Ok(self.rest.split_to(most))))
    }
}

/// The parser's side of a [`Source`].
pub(super) struct Slices(pub(super) Source);

impl Stream for Slices {
    type Item = Result<Bytes, MultipartRejection>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.inner().poll_slice(cx)
    }
}

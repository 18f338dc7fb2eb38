//! A stream whose first bytes were read to see what it speaks, and are given back.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How many bytes can be put back: as many as the preface of HTTP/2 has.
const ROOM: usize = 24;

/// A stream with bytes before it.
pub(super) struct Prefixed<S> {
    prefix: [u8; ROOM],
    start: usize,
    end: usize,
    inner: S,
}

impl<S> Prefixed<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { prefix: [0; ROOM], start: 0, end: 0, inner }
    }

    pub(super) fn inner(&mut self) -> &mut S {
        &mut self.inner
    }

    /// Gives bytes back; they are read next. At most [`ROOM`], once.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        self.prefix[..bytes.len()].copy_from_slice(bytes);
        (self.start, self.end) = (0, bytes.len());
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Prefixed<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.start < self.end {
            let length = buffer.remaining().min(self.end - self.start);
            buffer.put_slice(&self.prefix[self.start..self.start + length]);
            self.start += length;
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.inner).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Prefixed<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, slices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;

    #[tokio::test]
    async fn gives_back_and_goes_on() {
        let mut stream = Prefixed::new(&b"defg"[..]);
        stream.put_back(b"abc");
        let mut two = [0; 2];
        stream.read_exact(&mut two).await.expect("two bytes");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).await.expect("the rest");
        assert_eq!((&two[..], rest.as_str()), (&b"ab"[..], "cdefg"));
    }
}

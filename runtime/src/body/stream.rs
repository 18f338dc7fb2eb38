//! Bodies that come piece by piece: from a stream, from code that pushes, and with trailers behind them.

use std::borrow::Cow;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::mpsc;

use crate::body::Body;
use crate::error::{Error, Result};

/// Why a body cannot go on.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The most messages a channel can be told to hold; beyond that no machine has memory.
const MOST: usize = 1 << 16;

/// What a stream may consist of to be a body: bytes, text, or a `Result` with them inside.
///
/// ```
/// use squall::{Bytes, Piece};
/// fn is_piece<T: Piece>() {}
/// is_piece::<String>();
/// is_piece::<Result<Bytes, std::io::Error>>();
/// ```
#[diagnostic::on_unimplemented(
    message = "a body cannot consist of `{Self}`",
    label = "neither bytes nor text",
    note = "a stream of `Bytes`, `Vec<u8>`, `String` or `&'static str`, or of a `Result` with one of them, is a body"
)]
pub trait Piece {
    /// The bytes, or why there are no more.
    fn into_bytes(self) -> Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;
}

impl<T: Into<Bytes>, E: Into<Cause>> Piece for Result<T, E> {
    fn into_bytes(self) -> Result<Bytes, Cause> {
        self.map(Into::into).map_err(Into::into)
    }
}

macro_rules! pieces {
    ($($type:ty),*) => {$(
        impl Piece for $type {
            fn into_bytes(self) -> Result<Bytes, Cause> {
                Ok(self.into())
            }
        }
    )*};
}

pieces!(Bytes, Vec<u8>, String, &'static str, &'static [u8], Box<[u8]>);

impl Piece for Cow<'static, str> {
    fn into_bytes(self) -> Result<Bytes, Cause> {
        Ok(match self {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        })
    }
}

impl Body {
    /// A body that is made while it is sent: any stream of pieces, or of results with a piece inside.
    ///
    /// The stream is asked for the next piece when the client has taken enough of the ones before; it is dropped when
    /// the client leaves. Its length is not known, so HTTP/1.1 sends chunks, and to an HTTP/1.0 client the end of the
    /// connection is the end of the body.
    ///
    /// An error, or a panic, breaks the answer off: the head has been sent, so the connection is closed without the
    /// last chunk (HTTP/1.1, RFC 9112 section 7) or the stream is reset (HTTP/2), and no client takes it for whole. Only
    /// HTTP/1.0 has no way to tell.
    ///
    /// ```
    /// # use std::{pin::Pin, task::{Context, Poll}};
    /// # struct Lines(u32);
    /// # impl futures_core::Stream for Lines {
    /// #     type Item = String;
    /// #     fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<String>> {
    /// #         self.0 += 1;
    /// #         Poll::Ready((self.0 < 3).then(|| format!("line {}\n", self.0)))
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let lines = Lines(0); // a `Stream<Item = String>`
    /// let body = squall::Body::from_stream(lines);
    /// assert_eq!(body.collect(1024).await?, "line 1\nline 2\n");
    /// # Ok(()) }
    /// ```
    pub fn from_stream<S>(stream: S) -> Self
    where
        S: Stream + Send + 'static,
        S::Item: Piece,
    {
        Self::new(Guarded::new(Streamed(Box::pin(stream))))
    }

    /// A body for code that pushes, and the sender to push with.
    ///
    /// `capacity` is how many pieces may wait for the client; one at least. Then [`BodySender::send`] waits.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (sender, body) = squall::Body::channel(4);
    /// tokio::spawn(async move {
    ///     sender.send("one ").await?;
    ///     sender.send("two").await?;
    ///     sender.finish().await
    /// });
    /// assert_eq!(body.collect(1024).await?, "one two");
    /// # Ok(()) }
    /// ```
    pub fn channel(capacity: usize) -> (BodySender, Self) {
        let (pieces, received) = mpsc::channel(capacity.clamp(1, MOST));
        (BodySender { pieces }, Self::new(Guarded::new(Received(received))))
    }

    /// The same body with trailers behind it (RFC 9110 section 6.5), such as a checksum that is known at the end.
    ///
    /// The future is asked when the body has ended. HTTP/1.1 sends trailers only to a client that said `TE: trailers`,
    /// and only those that the answer's header field `Trailer` names; HTTP/2 sends them all. A body with trailers
    /// announces no length, as HTTP/1.1 has a place for them behind chunks alone.
    ///
    /// ```
    /// use squall::http::{HeaderName, HeaderValue};
    /// use squall::{Body, HeaderMap, IntoResponse, Response, get};
    ///
    /// async fn checksum() -> HeaderMap {
    ///     HeaderMap::from_iter([(HeaderName::from_static("x-checksum"), HeaderValue::from_static("5d41"))])
    /// }
    ///
    /// fn answer() -> Response {
    ///     ([("trailer", "x-checksum")], Body::from("hello").with_trailers(checksum())).into_response()
    /// }
    /// # drop(answer());
    /// ```
    pub fn with_trailers<F>(self, trailers: F) -> Self
    where
        F: Future<Output = HeaderMap> + Send + 'static,
    {
        Self::new(Guarded::new(Trailed { body: Some(self), trailers: Box::pin(trailers) }))
    }
}

/// Pushes a body: the other end of [`Body::channel`].
///
/// What was pushed is whole only after [`BodySender::finish`]. A sender that is dropped before, as by a panic or a `?`,
/// breaks the answer off, so that the client does not take a part for all.
#[derive(Debug)]
pub struct BodySender {
    pieces: mpsc::Sender<Pushed>,
}

#[derive(Debug)]
enum Pushed {
    Data(Bytes),
    End(Option<HeaderMap>),
    Broken(Cause),
}

impl BodySender {
    /// Sends a piece; waits while the client has not taken enough of the ones before.
    ///
    /// # Errors
    /// [`Error::is_body`] when the client has gone, or nobody sends the body any more.
    ///
    /// # Cancel safety
    /// The piece is sent whole or not at all; where the future is dropped, it is lost.
    pub async fn send(&self, piece: impl Into<Bytes>) -> Result<()> {
        self.push(Pushed::Data(piece.into())).await
    }

    /// Ends the body: it is whole.
    ///
    /// # Errors
    /// [`Error::is_body`] when the client has gone.
    ///
    /// # Cancel safety
    /// Where the future is dropped before it is done, the answer breaks off.
    pub async fn finish(self) -> Result<()> {
        self.push(Pushed::End(None)).await
    }

    /// Ends the body with trailers; see [`Body::with_trailers`] for who gets them.
    ///
    /// # Errors
    /// [`Error::is_body`] when the client has gone.
    ///
    /// # Cancel safety
    /// Where the future is dropped before it is done, the answer breaks off.
    pub async fn finish_with(self, trailers: HeaderMap) -> Result<()> {
        self.push(Pushed::End(Some(trailers))).await
    }

    /// Breaks the answer off and says why in the log. What waits is still sent.
    ///
    /// # Cancel safety
    /// The answer breaks off in any case.
    pub async fn fail(self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) {
        // The client may have gone, and then there is nothing to break off.
        let _ = self.push(Pushed::Broken(cause.into())).await;
    }

    /// Waits until the client has gone.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn closed(&self) {
        self.pieces.closed().await;
    }

    async fn push(&self, pushed: Pushed) -> Result<()> {
        self.pieces.send(pushed).await.map_err(|_| Error::body(Gone))
    }
}

/// Nobody reads the body any more.
#[derive(Debug)]
struct Gone;

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the client has gone")
    }
}

impl std::error::Error for Gone {}

/// Where the frames of a body come from.
pub(crate) trait Frames: Send + Unpin + 'static {
    /// The next frame; not asked again after trailers, an error or the end.
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cause>>>;

    /// How many bytes are to come, where that is known.
    fn left(&self) -> Option<u64> {
        None
    }
}

/// A body whose failure ends it, once, and is told in the log: the client only sees that it ends too early.
pub(crate) struct Guarded<F>(Option<F>);

impl<F: Frames> Guarded<F> {
    pub(crate) fn new(frames: F) -> Self {
        Self(Some(frames))
    }

    fn left(&self) -> Option<u64> {
        self.0.as_ref().map_or(Some(0), Frames::left)
    }
}

impl<F: Frames> HttpBody for Guarded<F> {
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        let Some(frames) = &mut self.0 else { return Poll::Ready(None) };
        // What panicked is dropped and never asked again.
        let polled = catch_unwind(AssertUnwindSafe(|| frames.next(cx)));
        let frame = ready!(polled.unwrap_or_else(|_| Poll::Ready(Some(Err("it panicked".into())))));
        match &frame {
            Some(Ok(frame)) if frame.data_ref().is_some_and(Bytes::is_empty) => {
                // Nothing to send, and a stream of nothing must not hold the thread.
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            // Trailers are the end.
            Some(Ok(frame)) if frame.is_trailers() => self.0 = None,
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                // As a text field, in which what ends a line is escaped.
                tracing::error!(error = error.to_string(), "a body failed while it was sent: the answer breaks off");
                self.0 = None;
            }
            None => self.0 = None,
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.left() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

struct Streamed<S>(Pin<Box<S>>);

impl<S: Stream<Item: Piece> + Send + 'static> Frames for Streamed<S> {
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        let piece = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(piece.map(|piece| piece.into_bytes().map(Frame::data)))
    }
}

struct Received(mpsc::Receiver<Pushed>);

impl Frames for Received {
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        Poll::Ready(match ready!(self.0.poll_recv(cx)) {
            Some(Pushed::Data(bytes)) => Some(Ok(Frame::data(bytes))),
            Some(Pushed::End(trailers)) => trailers.map(|trailers| Ok(Frame::trailers(trailers))),
            Some(Pushed::Broken(cause)) => Some(Err(cause)),
            None => Some(Err("its sender was dropped before it was finished".into())),
        })
    }
}

struct Trailed {
    /// `None` when it has ended and the trailers are next.
    body: Option<Body>,
    trailers: Pin<Box<dyn Future<Output = HeaderMap> + Send>>,
}

impl Frames for Trailed {
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        if let Some(body) = &mut self.body {
            match ready!(Pin::new(body).poll_frame(cx)) {
                Some(Ok(frame)) if frame.is_data() => return Poll::Ready(Some(Ok(frame))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                // Trailers that were there already give way to these.
                Some(Ok(_)) | None => self.body = None,
            }
        }
        let trailers = ready!(self.trailers.as_mut().poll(cx));
        Poll::Ready(Some(Ok(Frame::trailers(trailers))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn next(body: &mut Body) -> Option<Result<Frame<Bytes>>> {
        std::future::poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await
    }

    #[tokio::test]
    async fn a_sender_waits_for_room() {
        for (capacity, room) in [(0, 1), (1, 1), (3, 3)] {
            let (sender, mut body) = Body::channel(capacity);
            for _ in 0..room {
                sender.send("a").await.expect("there is room");
            }
            let mut more = Box::pin(sender.send("b"));
            let is_pending = std::future::poll_fn(|cx| Poll::Ready(more.as_mut().poll(cx).is_pending())).await;
            assert!(is_pending, "{capacity}");
            assert!(next(&mut body).await.expect("a piece").is_ok());
            more.await.expect("there is room again");
        }
        drop(Body::channel(usize::MAX));
    }

    #[tokio::test]
    async fn after_the_end_there_is_nothing() {
        let (sender, mut body) = Body::channel(1);
        sender.finish_with(HeaderMap::new()).await.expect("there is room");
        assert!(next(&mut body).await.expect("trailers").expect("no failure").is_trailers());
        assert!(next(&mut body).await.is_none() && body.is_empty());

        let (sender, mut body) = Body::channel(1);
        drop(sender);
        assert!(next(&mut body).await.expect("a failure").expect_err("it is not whole").is_body());
        assert!(next(&mut body).await.is_none(), "it fails once");
    }

    #[tokio::test]
    async fn a_piece_without_bytes_is_no_end() {
        let (sender, body) = Body::channel(4);
        for piece in ["a", "", "b"] {
            sender.send(piece).await.expect("there is room");
        }
        sender.finish().await.expect("there is room");
        assert_eq!(body.collect(2).await.expect("whole"), "ab");
    }
}

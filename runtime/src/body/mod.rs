//! The body of a request or response: nothing, bytes at hand, or a stream.

mod limit;
mod read;
mod stream;
mod watched;

use std::any::Any;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;

use crate::error::{Error, Result};

pub use stream::{BodySender, Piece};
pub(crate) use stream::{Cause, Frames, Guarded};
use watched::Watched;
pub(crate) use watched::{End, Ended};

/// A body in either direction.
///
/// Bytes at hand are kept as they are, without a box: most answers are of this kind.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bytes = squall::Body::from("hello").collect(1024).await?;
/// assert_eq!(bytes, "hello");
/// # Ok(()) }
/// ```
#[derive(Default)]
pub struct Body(Kind);

#[derive(Default)]
enum Kind {
    #[default]
    Empty,
    Full(Bytes),
    Incoming(Incoming),
    Boxed(Pin<Box<dyn HttpBody<Data = Bytes, Error = Error> + Send>>),
    Watched(Box<Watched>),
    /// Read to the end of its bytes; the trailers came with it.
    Trailers(Box<HeaderMap>),
}

impl Body {
    /// A body without bytes.
    pub const fn empty() -> Self {
        Self(Kind::Empty)
    }

    /// Any body of the `http-body` crate; its errors become an aborted answer. An [`Error`] among them stays what it is.
    ///
    /// ```
    /// use squall::http_body_util::Full;
    /// let body = squall::Body::new(Full::new(squall::Bytes::from("hello")));
    /// # drop(body);
    /// ```
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        use http_body_util::BodyExt as _;
        // One of ours went through code that takes any body: it stays what it is.
        let mut body = Some(body);
        if let Some(own) = (&mut body as &mut dyn Any).downcast_mut::<Option<Self>>() {
            return own.take().unwrap_or_default();
        }
        body.map_or_else(Self::empty, |body| {
            Self(Kind::Boxed(Box::pin(body.map_err(|error| match error.into().downcast::<Error>() {
                Ok(ours) => *ours,
                // The limit of a layer is one, too.
                Err(other) if other.is::<http_body_util::LengthLimitError>() => Error::too_large_because(other),
                Err(other) => Error::body(other),
            }))))
        })
    }

    /// Reads the body to its end.
    ///
    /// `limit` is in bytes. A body that announces more than that is refused before a byte of it is read,
    /// one that announces nothing as soon as it passes the limit ([`Error::is_too_large`]).
    ///
    /// # Cancel safety
    /// Not cancel safe: what was read until then is lost with the body.
    pub async fn collect(self, limit: usize) -> Result<Bytes> {
        match self.0 {
            Kind::Empty | Kind::Trailers(_) => Ok(Bytes::new()),
            Kind::Full(bytes) if bytes.len() > limit => Err(Error::too_large(limit)),
            Kind::Full(bytes) => Ok(bytes),
            Kind::Incoming(_) | Kind::Boxed(_) | Kind::Watched(_) => collect_stream(self, limit).await,
        }
    }

    /// Whether it is no stream: all of it is there.
    pub(crate) fn is_at_hand(&self) -> bool {
        matches!(self.0, Kind::Empty | Kind::Full(_))
    }

    /// The length in bytes where it is known before the body is read.
    pub fn len(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// The bytes, where they are at hand.
    pub(crate) fn as_bytes(&self) -> Option<&Bytes> {
        if let Kind::Full(bytes) = &self.0 { Some(bytes) } else { None }
    }

    /// Whether it is certain that there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.is_end_stream()
    }
}

async fn collect_stream(mut body: Body, limit: usize) -> Result<Bytes> {
    if body.size_hint().lower() > limit as u64 {
        return Err(Error::too_large(limit));
    }
    let mut first = Bytes::new();
    let mut rest: Option<BytesMut> = None;
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame?.into_data() else { continue };
        let so_far = rest.as_ref().map_or(first.len(), BytesMut::len);
        if data.len() > limit - so_far {
            return Err(Error::too_large(limit));
        }
        if so_far == 0 {
            first = data;
        } else {
            // Nearly every small body is one frame and is handed on without a copy.
            rest.get_or_insert_with(|| BytesMut::from(first.as_ref())).extend_from_slice(&data);
        }
    }
    Ok(rest.map_or(first, BytesMut::freeze))
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let polled = match &mut self.0 {
            Kind::Empty => Poll::Ready(None),
            Kind::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Kind::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Kind::Incoming(body) => Pin::new(body).poll_frame(cx).map_err(Error::body),
            Kind::Boxed(body) => body.as_mut().poll_frame(cx),
            Kind::Watched(body) => body.poll_frame(cx),
            Kind::Trailers(trailers) => {
                let trailers = std::mem::take(&mut **trailers);
                self.0 = Kind::Empty;
                Poll::Ready(Some(Ok(Frame::trailers(trailers))))
            }
        };
        if matches!(polled, Poll::Ready(Some(Err(_)))) {
            // It fails once: who reads on after that comes to an end, and does not turn in a circle.
            self.0 = Kind::Empty;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Empty => true,
            Kind::Full(bytes) => bytes.is_empty(),
            Kind::Incoming(body) => body.is_end_stream(),
            Kind::Boxed(body) => body.is_end_stream(),
            Kind::Watched(watched) => watched.body.is_end_stream(),
            Kind::Trailers(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Empty | Kind::Trailers(_) => SizeHint::with_exact(0),
            Kind::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Incoming(body) => body.size_hint(),
            Kind::Boxed(body) => body.size_hint(),
            Kind::Watched(watched) => watched.body.size_hint(),
        }
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Kind::Empty => f.write_str("Body(empty)"),
            Kind::Trailers(_) => f.write_str("Body(trailers)"),
            Kind::Full(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Kind::Incoming(_) | Kind::Boxed(_) | Kind::Watched(_) => f.write_str("Body(stream)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Full(bytes))
    }
}

impl From<Incoming> for Body {
    fn from(body: Incoming) -> Self {
        Self(Kind::Incoming(body))
    }
}

macro_rules! from_bytes {
    ($($type:ty),*) => {$(
        impl From<$type> for Body {
            fn from(value: $type) -> Self {
                Self::from(Bytes::from(value))
            }
        }
    )*};
}

from_bytes!(&'static str, String, &'static [u8], Vec<u8>, Box<[u8]>);

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{BodyExt, Full, StreamBody};

    fn pieces(pieces: &'static [&'static str]) -> Body {
        struct Pieces(&'static [&'static str]);
        impl HttpBody for Pieces {
            type Data = Bytes;
            type Error = std::convert::Infallible;
            fn poll_frame(
                mut self: Pin<&mut Self>,
                _: &mut Context<'_>,
            ) -> Poll<Option<std::result::Result<Frame<Bytes>, Self::Error>>> {
                let Some((first, rest)) = self.0.split_first() else { return Poll::Ready(None) };
                self.0 = rest;
                Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(first.as_bytes())))))
            }
        }
        Body::new(Pieces(pieces))
    }

    #[tokio::test]
    async fn collects_up_to_the_limit_exactly() {
        for (body, limit, want) in [
            (Body::empty(), 0, Some("")),
            (Body::from("1234"), 4, Some("1234")),
            (Body::from("12345"), 4, None),
            (pieces(&["12", "", "34"]), 4, Some("1234")),
            (pieces(&["12", "34", "5"]), 4, None),
            (Body::new(Full::new(Bytes::from("12345"))), 4, None),
        ] {
            match (body.collect(limit).await, want) {
                (Ok(bytes), Some(want)) => assert_eq!(bytes, want),
                (Err(error), None) => assert!(error.is_too_large()),
                (other, want) => panic!("{other:?} instead of {want:?}"),
            }
        }
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_an_error() {
        let frames = [Ok(Frame::data(Bytes::from("a"))), Err(std::io::Error::other("reset"))];
        let body = Body::new(StreamBody::new(Frames(frames.into_iter())));
        assert!(body.collect(10).await.expect_err("broken").is_body());
    }

    #[tokio::test]
    async fn a_body_fails_once() {
        use http_body_util::BodyExt as _;
        let frames = std::iter::repeat_with(|| Err::<Frame<Bytes>, _>(std::io::Error::other("reset")));
        let mut body = Body::new(StreamBody::new(Frames(frames)));
        assert!(body.frame().await.expect("a failure").expect_err("broken").is_body());
        assert!(body.frame().await.is_none());
    }

    struct Frames<I>(I);

    impl<I: Iterator + Unpin> futures_core::Stream for Frames<I> {
        type Item = I::Item;
        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
            Poll::Ready(self.0.next())
        }
    }

    #[tokio::test]
    async fn full_bodies_know_their_length() {
        let body = Body::from("four");
        assert_eq!(body.len(), Some(4));
        assert_eq!(BodyExt::collect(body).await.expect("full").to_bytes(), "four");
        assert!(Body::from("").is_empty());
    }
}

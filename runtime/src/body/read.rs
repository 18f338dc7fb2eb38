//! Reading a body piece by piece.

use std::pin::Pin;

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body as _, Frame};
use http_body_util::BodyDataStream;

use super::{Body, Kind};
use crate::error::Result;

impl Body {
    /// The next piece of the body, as it comes off the wire; `None` at its end.
    ///
    /// Nothing is read ahead: a peer that sends faster than this is called has to wait. As an argument of a handler the
    /// body ends in an error at the handler's limit ([`Error::is_too_large`](crate::Error::is_too_large)); after an
    /// error there is nothing more to read.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut body = squall::Body::from("hello");
    /// let mut length = 0;
    /// while let Some(piece) = body.next().await {
    ///     length += piece?.len();
    /// }
    /// assert_eq!(length, 5);
    /// # Ok(()) }
    /// ```
    ///
    /// # Cancel safety
    /// Cancel safe: a piece is either given or still to come.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        loop {
            let frame = match self.frame().await? {
                Ok(frame) => frame,
                Err(error) => {
                    self.0 = Kind::Empty;
                    return Some(Err(error));
                }
            };
            match frame.into_data() {
                Ok(data) if data.is_empty() => {}
                Ok(data) => return Some(Ok(data)),
                Err(other) => {
                    // Kept for `trailers`; nothing comes after them.
                    self.0 = other.into_trailers().map_or(Kind::Empty, |trailers| Kind::Trailers(Box::new(trailers)));
                    return None;
                }
            }
        }
    }

    /// The trailer fields (RFC 9110 section 6.5), which follow the bytes; what of these was not read is passed over.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut body = squall::Body::from("no trailers here");
    /// assert_eq!(body.trailers().await?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// # Cancel safety
    /// Cancel safe, but bytes that were passed over are gone.
    pub async fn trailers(&mut self) -> Result<Option<HeaderMap>> {
        while let Some(piece) = self.next().await {
            piece?;
        }
        match std::mem::take(&mut self.0) {
            Kind::Trailers(trailers) => Ok(Some(*trailers)),
            _ => Ok(None),
        }
    }

    /// The pieces as a `Stream` of `Result<Bytes>`, for code that takes one; trailers are left out.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use squall::{Body, futures_core::Stream};
    /// use std::{future::poll_fn, pin::Pin};
    ///
    /// let mut stream = Body::from("hello").into_data_stream();
    /// let first = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await;
    /// assert_eq!(first.expect("a piece")?, "hello");
    /// # Ok(()) }
    /// ```
    pub fn into_data_stream(self) -> BodyDataStream<Self> {
        BodyDataStream::new(self)
    }

    async fn frame(&mut self) -> Option<Result<Frame<Bytes>>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_frame(cx)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{BodyExt as _, Full};

    fn with_trailers() -> Body {
        let trailers = HeaderMap::from_iter([(http::header::ETAG, http::HeaderValue::from_static("x"))]);
        Body::new(Full::new(Bytes::from("data")).with_trailers(std::future::ready(Some(Ok(trailers)))))
    }

    #[tokio::test]
    async fn pieces_come_until_the_end() {
        let mut body = Body::from("hello");
        assert_eq!(body.next().await.expect("a piece").expect("bytes"), "hello");
        assert!(body.next().await.is_none());
        assert!(body.next().await.is_none());
    }

    #[tokio::test]
    async fn trailers_wait_until_they_are_asked_for() {
        let mut body = with_trailers();
        assert_eq!(body.next().await.expect("a piece").expect("bytes"), "data");
        assert!(body.next().await.is_none());
        assert!(body.next().await.is_none());
        assert_eq!(body.trailers().await.expect("the end").expect("trailers")["etag"], "x");
        assert_eq!(body.trailers().await.expect("the end"), None);

        let unread = with_trailers().trailers().await;
        assert_eq!(unread.expect("the end").expect("trailers")["etag"], "x");
    }

    #[tokio::test]
    async fn nothing_follows_an_error() {
        let mut body = Body::from("12345").limited(9).expect("small");
        assert!(body.next().await.is_some());
        let broken = http_body_util::StreamBody::new(Failing);
        let mut body = Body::new(broken);
        assert!(body.next().await.expect("an error").expect_err("an error").is_body());
        assert!(body.next().await.is_none());
    }

    struct Failing;

    impl futures_core::Stream for Failing {
        type Item = std::io::Result<Frame<Bytes>>;
        fn poll_next(
            self: Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<std::io::Result<Frame<Bytes>>>> {
            std::task::Poll::Ready(Some(Err(std::io::Error::other("reset"))))
        }
    }
}

//! A body that ends in an error when it goes on past a limit.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::{Body, Kind};
use crate::error::{Error, Result};

impl Body {
    /// The same body, which gives an error when it passes `limit` bytes. One that announces more is refused at once.
    pub(crate) fn limited(self, limit: usize) -> Result<Self> {
        if self.size_hint().lower() > limit as u64 {
            return Err(Error::too_large(limit));
        }
        Ok(match self.0 {
            // All of it is there, and was measured.
            short @ (Kind::Empty | Kind::Full(_) | Kind::Trailers(_)) => Self(short),
            Kind::Incoming(_) | Kind::Boxed(_) | Kind::Watched(_) => {
                Self(Kind::Boxed(Box::pin(Limited { body: self, left: limit, limit })))
            }
        })
    }
}

struct Limited {
    body: Body,
    left: usize,
    limit: usize,
}

impl HttpBody for Limited {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        let length = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
            _ => 0,
        };
        match self.left.checked_sub(length) {
            Some(left) => self.left = left,
            None => {
                // What is left of it is not wanted any more.
                self.body = Body::empty();
                return Poll::Ready(Some(Err(Error::too_large(self.limit))));
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::Full;

    /// Two pieces of four bytes, of which nothing is known before.
    struct Pieces(u8);

    impl HttpBody for Pieces {
        type Data = Bytes;
        type Error = Error;
        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
            let Some(left) = self.0.checked_sub(1) else { return Poll::Ready(None) };
            self.0 = left;
            Poll::Ready(Some(Ok(Frame::data(Bytes::from("1234")))))
        }
    }

    #[tokio::test]
    async fn the_limit_may_be_reached_and_not_passed() {
        let mut exact = Body::new(Pieces(2)).limited(8).expect("nothing announced");
        assert_eq!(exact.next().await.expect("a piece").expect("four bytes"), "1234");
        assert_eq!(exact.next().await.expect("a piece").expect("four bytes"), "1234");
        assert!(exact.next().await.is_none());

        let mut over = Body::new(Pieces(2)).limited(7).expect("nothing announced");
        assert!(over.next().await.expect("a piece").is_ok());
        assert!(over.next().await.expect("an error").expect_err("too large").is_too_large());
        assert!(over.next().await.is_none());
    }

    #[tokio::test]
    async fn who_watches_a_body_does_not_lift_its_limit() {
        let mut over = Body::new(Pieces(2)).watched(None, drop).limited(7).expect("nothing announced");
        assert!(over.next().await.expect("a piece").is_ok());
        assert!(over.next().await.expect("an error").expect_err("too large").is_too_large());
    }

    #[test]
    fn what_announces_too_much_is_refused_at_once() {
        assert!(Body::from("12345").limited(4).expect_err("too large").is_too_large());
        assert!(Body::new(Full::new(Bytes::from("12345"))).limited(4).expect_err("too large").is_too_large());
        assert_eq!(Body::from("1234").limited(4).expect("within").len(), Some(4));
    }
}

//! Server-sent events: an answer that goes on.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use http_body::Frame;
use tokio::time::Sleep;

use crate::body::{Body, Cause, Frames, Guarded};
use crate::response::{Event, IntoEvent, IntoResponse, Response};

/// How long nothing may be sent before a comment is.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What is sent when there is nothing to send.
const NOTHING: &[u8] = b":\n\n";

/// A stream of [`Event`](crate::Event)s, for `EventSource` in the browser (HTML standard section 9.2).
///
/// After 15 seconds without an event a comment is sent, so that proxies do not cut the connection and a client that has
/// gone is found. The stream is dropped when the client leaves; a client that connects again says with
/// [`LastEventId`](crate::LastEventId) where it was. An error of the stream breaks the answer off, and the browser then
/// connects again.
///
/// Proxies are asked to neither store nor gather it (`Cache-Control: no-cache`, `X-Accel-Buffering: no`).
///
/// ```
/// # use std::{pin::Pin, task::{Context, Poll}};
/// use squall::{Event, IntoResponse, Sse};
/// # struct Ticks(Option<&'static str>);
/// # impl futures_core::Stream for Ticks {
/// #     type Item = Event;
/// #     fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Event>> {
/// #         Poll::Ready(self.0.take().map(|text| Event::new().data(text)))
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let ticks = Ticks(Some("tick")); // a `Stream<Item = Event>`
/// let response = Sse::new(ticks).into_response();
/// assert_eq!(response.headers()["content-type"], "text/event-stream");
/// assert_eq!(response.into_body().collect(100).await?, "data: tick\n\n");
/// # Ok(()) }
/// ```
pub struct Sse {
    events: Pin<Box<dyn Events>>,
    keep_alive: Duration,
}

impl Sse {
    /// An answer of these events: a stream of `Event`, or of `Result<Event, _>`.
    pub fn new<S>(events: S) -> Self
    where
        S: Stream + Send + 'static,
        S::Item: IntoEvent,
    {
        Self { events: Box::pin(events), keep_alive: KEEP_ALIVE }
    }

    /// How long nothing may be sent before a comment is: 15 seconds unless you say otherwise. Zero means for ever, and
    /// then a client that has gone may be found with the next event only.
    pub fn keep_alive(mut self, after: Duration) -> Self {
        self.keep_alive = after;
        self
    }
}

impl fmt::Debug for Sse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sse").field("keep_alive", &self.keep_alive).finish_non_exhaustive()
    }
}

impl IntoResponse for Sse {
    fn into_response(self) -> Response {
        let sending = Sending { events: self.events, keep_alive: self.keep_alive, silence: None };
        let mut response = Response::new(Body::new(Guarded::new(sending)));
        let fields = [
            (CONTENT_TYPE, "text/event-stream"),
            (CACHE_CONTROL, "no-cache"),
            (HeaderName::from_static("x-accel-buffering"), "no"),
        ];
        for (name, value) in fields {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// Any stream of events, so that a handler can name its result.
trait Events: Send {
    fn poll_event(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Event, Cause>>>;
}

impl<S: Stream<Item: IntoEvent> + Send> Events for S {
    fn poll_event(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Event, Cause>>> {
        self.poll_next(cx).map(|event| event.map(IntoEvent::into_event))
    }
}

struct Sending {
    events: Pin<Box<dyn Events>>,
    keep_alive: Duration,
    /// Ends when it is time for a comment; begins when there is nothing to send.
    silence: Option<Pin<Box<Sleep>>>,
}

impl Frames for Sending {
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        if let Poll::Ready(event) = self.events.as_mut().poll_event(cx) {
            self.silence = None;
            return Poll::Ready(event.map(|event| event.map(|event| Frame::data(event.into()))));
        }
        if self.keep_alive.is_zero() {
            return Poll::Pending;
        }
        let silence = self.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.keep_alive)));
        if silence.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.silence = None;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(NOTHING)))))
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use tokio::sync::mpsc;
    use tokio::time::Instant;

    use super::*;

    struct Received(mpsc::Receiver<Event>);

    impl Stream for Received {
        type Item = Event;
        fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event>> {
            self.0.poll_recv(cx)
        }
    }

    async fn next(body: &mut Body) -> Option<Bytes> {
        Some(body.frame().await?.expect("no failure").into_data().expect("data"))
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_filled_with_comments() {
        let (send, events) = mpsc::channel(4);
        let mut body = Sse::new(Received(events)).into_response().into_body();
        let begin = Instant::now();
        assert_eq!(next(&mut body).await.expect("a comment"), NOTHING);
        assert_eq!(begin.elapsed().as_secs(), 15);
        assert_eq!(next(&mut body).await.expect("a comment"), NOTHING);
        assert_eq!(begin.elapsed().as_secs(), 30);
        send.send(Event::new().data("a")).await.expect("it listens");
        assert_eq!(next(&mut body).await.expect("an event"), "data: a\n\n");
        assert_eq!(next(&mut body).await.expect("a comment"), NOTHING);
        assert_eq!(begin.elapsed().as_secs(), 45, "an event begins the silence anew");
        drop(send);
        assert_eq!(next(&mut body).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn the_silence_may_be_of_any_length() {
        for (after, want) in [(Duration::ZERO, 0), (Duration::MAX, 0), (Duration::from_secs(60), 60)] {
            let (_send, events) = mpsc::channel(1);
            let mut body = Sse::new(Received(events)).keep_alive(after).into_response().into_body();
            let waited = tokio::time::timeout(Duration::from_secs(1_000_000), next(&mut body)).await;
            assert_eq!(waited.is_ok(), want > 0, "{after:?}");
        }
    }
}

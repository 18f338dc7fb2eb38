//! Server-sent events on the wire: their framing, where a client left off, and clients that leave.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use squall::testing::TestClient;
use squall::{Application, Event, LastEventId, Sse, State, get};
use squall_tests::{Leaving, Server, Stage};

/// Counts from a number to 3, with the number as id.
struct Count(u64);

impl Stream for Count {
    type Item = squall::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0 += 1;
        let event = |number: u64| Event::new().event("count")?.id(number.to_string())?.json(&[number]);
        Poll::Ready((self.0 <= 3).then(|| event(self.0)))
    }
}

#[get("/count")]
async fn count(last: Option<LastEventId>) -> Sse {
    Sse::new(Count(last.and_then(|id| id.0.parse().ok()).unwrap_or(0)))
}

#[get("/required")]
async fn required(last: LastEventId) -> String {
    last.0
}

/// One event whose id cannot be sent.
struct Broken(bool);

impl Stream for Broken {
    type Item = squall::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(Some(Event::new().id("1\n2")));
        }
        Poll::Ready(Some(Ok(Event::new().comment("begun").retry(Duration::from_secs(2)))))
    }
}

#[get("/broken")]
async fn broken() -> Sse {
    Sse::new(Broken(false))
}

/// Never has an event.
struct Silent {
    _leaving: Leaving,
}

impl Stream for Silent {
    type Item = Event;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Event>> {
        Poll::Pending
    }
}

#[get("/silent")]
async fn silent(stage: State<Stage>) -> Sse {
    Sse::new(Silent { _leaving: stage.tell_on_drop("left") }).keep_alive(Duration::from_millis(1))
}

#[tokio::test]
async fn events_are_framed_as_the_standard_says() {
    let server = Server::start(Application::new().state(Stage::new().0)).await;
    let reply = server.ask("GET", "/count").await;
    assert_eq!(reply.status, 200);
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-cache"),
        ("x-accel-buffering", "no"),
        ("transfer-encoding", "chunked"),
    ] {
        assert_eq!(reply.header(name), Some(value), "{name}");
    }
    let want = "event: count\nid: 1\ndata: [1]\n\nevent: count\nid: 2\ndata: [2]\n\nevent: count\nid: 3\ndata: [3]\n\n";
    assert_eq!(reply.text(), want);
    let head = server.ask("HEAD", "/count").await;
    assert_eq!((head.header("content-type"), head.header("content-length")), (Some("text/event-stream"), None));
}

#[tokio::test]
async fn a_client_goes_on_where_it_left_off() -> squall::Result<()> {
    let client = TestClient::new(Application::new().state(Stage::new().0));
    let answer = client.get(count {}).header("last-event-id", "2").await?;
    assert_eq!(answer.text()?, "event: count\nid: 3\ndata: [3]\n\n");
    assert_eq!(client.get(count {}).header("last-event-id", "no number").await?.text()?.matches("id:").count(), 3);
    assert_eq!(client.get(count {}).header("last-event-id", "").await?.text()?.matches("id:").count(), 3);
    let server = Server::start(Application::new().state(Stage::new().0)).await;
    let mut wire = server.connect().await;
    assert_eq!(wire.ask("GET", "/required", "Last-Event-ID: ä 7\r\n").await.text(), "ä 7");
    let missing = wire.ask("GET", "/required", "").await;
    assert_eq!(missing.status, 400);
    assert!(missing.text().contains(r#"{"in":"header","name":"last-event-id","detail":"is missing"}"#));
    wire.send(b"GET /count HTTP/1.1\r\nHost: a\r\nLast-Event-ID: \xFF\r\n\r\n").await;
    assert_eq!(wire.reply().await.status, 400, "there and bad is no absence");
    Ok(())
}

#[tokio::test]
async fn an_event_that_cannot_be_sent_breaks_the_answer_off() {
    let server = Server::start(Application::new().state(Stage::new().0)).await;
    let mut wire = server.connect().await;
    wire.send("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let text = String::from_utf8(wire.rest().await).expect("text");
    assert!(!text.contains("id:") && !text.ends_with("0\r\n\r\n"), "{text}");
}

#[tokio::test]
async fn silence_is_filled_and_a_client_that_leaves_is_found() {
    let (stage, mut events) = Stage::new();
    let server = Server::start(Application::new().state(stage)).await;
    let mut wire = server.connect().await;
    wire.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(wire.reply_without_body().await.status, 200);
    assert_eq!(wire.take(16).await, b"3\r\n:\n\n\r\n3\r\n:\n\n\r\n");
    drop(wire);
    assert_eq!(events.next().await, "left");
}

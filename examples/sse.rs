//! Events as they happen: `cargo run --example sse`, and open the page, or `curl -N localhost:8888/ticks`.

use futures_util::stream;
use squall::{Application, Event, Html, LastEventId, Sse, State, get};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

const PERIOD: Duration = Duration::from_millis(250);

/// Ticks from the start of the program on: each client sees the same ones.
struct Clock(Instant);

impl Clock {
    /// The number of the next tick.
    fn next(&self) -> u32 {
        u32::try_from(self.0.elapsed().as_millis() / PERIOD.as_millis() + 1).unwrap_or(u32::MAX)
    }
}

#[get("/ticks")]
async fn ticks(clock: State<Clock>, last: Option<LastEventId>) -> Sse {
    // A browser that comes again says what it saw last, and gets what it missed. It may say anything.
    let seen = last.and_then(|id| id.0.parse::<u32>().ok());
    let first = seen.map_or(clock.next(), |seen| seen.saturating_add(1).min(clock.next()));
    Sse::new(stream::unfold(first, move |tick| {
        let at = clock.0 + PERIOD * tick;
        async move {
            sleep_until(at).await; // at once, where it has passed
            let event = Event::new().id(tick.to_string()).map(|event| event.data(format!("tick {tick}")));
            Some((event, tick + 1))
        }
    }))
}

#[get("/")]
async fn page() -> Html<&'static str> {
    Html(
        r#"<!doctype html>
<title>Ticks</title>
<h1 id="tick">Listening</h1>
<script>
  // It connects again by itself, with the last id.
  new EventSource("/ticks").onmessage = event => document.getElementById("tick").textContent = event.data;
</script>"#,
    )
}

#[squall::main]
async fn app() -> Application {
    Application::new().state(Clock(Instant::now()))
}

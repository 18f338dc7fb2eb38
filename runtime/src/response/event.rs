//! One server-sent event, as the HTML standard frames it (section 9.2).

use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use crate::body::Cause;
use crate::error::{Error, Result};

/// One event of an [`Sse`](crate::Sse) answer.
///
/// Browsers hand an event to their scripts when it has data, empty data included. One without data still sets the id or
/// the time before a retry, and a comment only keeps the connection alive.
///
/// ```
/// use squall::Event;
///
/// let event = Event::new().event("price")?.id("7")?.data("one\ntwo");
/// assert_eq!(event.to_string(), "event: price\nid: 7\ndata: one\ndata: two\n\n");
/// # Ok::<(), squall::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    comment: Option<String>,
    name: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    data: Option<String>,
}

impl Event {
    /// An event without anything yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The data, as text. The parser at the other end takes CR LF, CR and LF for the same: each arrives as LF.
    pub fn data(mut self, data: impl Into<String>) -> Self {
        self.data = Some(data.into());
        self
    }

    /// The data, as JSON.
    ///
    /// # Errors
    /// [`Error::is_link`] where the value cannot be written as JSON.
    pub fn json<T: Serialize>(self, value: &T) -> Result<Self> {
        let text = serde_json::to_string(value);
        text.map(|text| self.data(text)).map_err(|error| Error::link(format!("an event cannot be written: {error}")))
    }

    /// The name of the event, for `addEventListener`; `message` where none is given.
    ///
    /// # Errors
    /// [`Error::is_link`] where it holds a line break.
    pub fn event(mut self, name: impl Into<String>) -> Result<Self> {
        self.name = Some(one_line("name", name.into())?);
        Ok(self)
    }

    /// The id that a client sends back as `Last-Event-ID` when it connects again; an empty one takes the last away.
    ///
    /// # Errors
    /// [`Error::is_link`] where it holds a line break, or NUL, with which clients pass it over.
    pub fn id(mut self, id: impl Into<String>) -> Result<Self> {
        let id = one_line("id", id.into())?;
        if id.contains('\0') {
            return Err(Error::link(format!("the id of an event holds NUL: {id:?}")));
        }
        self.id = Some(id);
        Ok(self)
    }

    /// How long the client waits before it connects again, in whole milliseconds.
    pub fn retry(mut self, wait: Duration) -> Self {
        self.retry = Some(wait);
        self
    }

    /// Text that clients pass over.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = Some(text.into());
        self
    }
}

fn one_line(what: &str, text: String) -> Result<String> {
    if text.contains(['\r', '\n']) {
        return Err(Error::link(format!("the {what} of an event holds a line break: {text:?}")));
    }
    Ok(text)
}

/// The event as it is sent.
impl std::fmt::Display for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in lines(self.comment.as_deref()) {
            writeln!(f, ": {line}")?;
        }
        if let Some(name) = &self.name {
            writeln!(f, "event: {name}")?;
        }
        if let Some(id) = &self.id {
            writeln!(f, "id: {id}")?;
        }
        if let Some(retry) = self.retry {
            writeln!(f, "retry: {}", retry.as_millis())?;
        }
        for line in lines(self.data.as_deref()) {
            writeln!(f, "data: {line}")?;
        }
        f.write_str("\n")
    }
}

/// The lines of a text, each ended by CR LF, CR or LF; the text after the last of them is a line, too.
fn lines(text: Option<&str>) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\r', '\n']) else { return rest.take() };
        let (line, after) = text.split_at(end);
        rest = Some(after.strip_prefix("\r\n").unwrap_or(&after[1..]));
        Some(line)
    })
}

/// What the stream of an [`Sse`](crate::Sse) consists of: events, or results with an event inside.
#[diagnostic::on_unimplemented(
    message = "a stream of events cannot consist of `{Self}`",
    label = "neither `Event` nor `Result<Event, _>`",
    note = "make an event of it: `Event::new().data(text)`"
)]
pub trait IntoEvent {
    /// The event, or why there are no more.
    fn into_event(self) -> Result<Event, Box<dyn std::error::Error + Send + Sync>>;
}

impl IntoEvent for Event {
    fn into_event(self) -> Result<Event, Cause> {
        Ok(self)
    }
}

impl<E: Into<Cause>> IntoEvent for Result<Event, E> {
    fn into_event(self) -> Result<Event, Cause> {
        self.map_err(Into::into)
    }
}

impl From<Event> for Bytes {
    fn from(event: Event) -> Self {
        event.to_string().into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_field_stands_on_lines_of_its_own() {
        let new = Event::new;
        for (event, want) in [
            (new(), "\n"),
            (new().data(""), "data: \n\n"),
            (new().data("a"), "data: a\n\n"),
            (new().data(" a"), "data:  a\n\n"),
            (new().data("a\nb\r\nc\rd\n"), "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n"),
            (new().data("\r\r\n"), "data: \ndata: \ndata: \n\n"),
            (new().data("a\n\nevent: evil"), "data: a\ndata: \ndata: event: evil\n\n"),
            (new().comment("one\rdata: two"), ": one\n: data: two\n\n"),
            (new().retry(Duration::from_micros(1_500_999)), "retry: 1500\n\n"),
            (new().json(&["é\n"]).expect("JSON"), "data: [\"é\\n\"]\n\n"),
            (new().id("").expect("an id"), "id: \n\n"),
        ] {
            assert_eq!(event.to_string(), want);
        }
    }

    #[test]
    fn a_name_or_id_of_several_lines_is_refused() {
        for text in ["a\nb", "a\rb", "\r\n", "a\ndata: evil"] {
            assert!(Event::new().event(text).expect_err("two lines").is_link());
            assert!(Event::new().id(text).expect_err("two lines").is_link());
        }
        assert!(Event::new().id("a\0").expect_err("NUL").is_link());
        let no_json = std::collections::BTreeMap::from([((1, 2), 3)]);
        assert!(Event::new().json(&no_json).is_err());
    }

    /// What a browser has after each dispatched event: its name, the last id, the data.
    #[derive(Debug, PartialEq, Eq)]
    struct Seen(String, String, String);

    /// The parser of the standard, word by word.
    fn parse(stream: &str) -> (Vec<Seen>, Option<u128>) {
        let (mut seen, mut retry) = (Vec::new(), None);
        let (mut name, mut data, mut id) = (String::new(), String::new(), String::new());
        let lines = stream.replace("\r\n", "\n").replace('\r', "\n");
        for line in lines.split('\n') {
            if line.is_empty() {
                if !data.is_empty() {
                    data.pop();
                    let name = if name.is_empty() { "message" } else { &name };
                    seen.push(Seen(name.to_owned(), id.clone(), data.clone()));
                }
                name.clear();
                data.clear();
                continue;
            }
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "event" => name = value.to_owned(),
                "data" => data.push_str(&format!("{value}\n")),
                "id" if !value.contains('\0') => id = value.to_owned(),
                "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => retry = value.parse().ok(),
                _ => {}
            }
        }
        (seen, retry)
    }

    proptest! {
        #[test]
        fn a_parser_gets_back_what_went_in(
            data in "[ a-c:\r\né\0]{0,12}", comment in "[ a:\r\n]{0,6}", name in "[a-c: ]{1,4}", id in "[a-c: ]{0,4}",
            wait in 0_u64..10_000,
        ) {
            let event = Event::new().event(name.clone())?.id(id.clone())?.comment(comment);
            let event = event.retry(Duration::from_millis(wait)).data(data.clone());
            let (seen, retry) = parse(&format!("{event}{event}"));
            let data = data.replace("\r\n", "\n").replace('\r', "\n");
            let once = || Seen(name.clone(), id.clone(), data.clone());
            prop_assert_eq!(seen, [once(), once()]);
            prop_assert_eq!(retry, Some(u128::from(wait)));
        }
    }
}

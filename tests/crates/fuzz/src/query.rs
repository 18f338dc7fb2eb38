//! Queries: what a struct reads of them, and that its link says the same again.

use squall::{Json, handler};

use crate::{ask, model};

/// One field of each kind.
#[handler("/query", register = false)]
pub(crate) struct Search {
    #[query]
    tag: Vec<String>,
    #[query]
    text: Option<String>,
    #[query]
    number: Option<u32>,
    #[query]
    flag: Option<bool>,
    #[query(default = 20, range = 1..=100)]
    limit: u32,
}

type Read = (Vec<String>, Option<String>, Option<u32>, Option<bool>, u32, String);

#[handler]
impl Search {
    #[get]
    fn read(self) -> Json<Read> {
        let url = self.url().to_string();
        Json((self.tag, self.text, self.number, self.flag, self.limit, url))
    }
}

pub(crate) fn query(bytes: &[u8]) {
    let Ok(query) = std::str::from_utf8(bytes) else { return };
    // A fragment is no part of a request.
    let query = query.split('#').next().unwrap_or_default();
    let Some(reply) = ask("GET", format!("/query?{query}"), &[], b"") else { return };
    let (tags, texts) = (model::form_values(query, "tag"), model::form_values(query, "text"));
    if reply.status != 200 {
        assert!([400, 422].contains(&reply.status.as_u16()), "{} for {query:?}", reply.status);
        return;
    }
    let read: Read = reply.json();
    assert_eq!(Some(&read.0), tags.as_ref(), "tag in {query:?}");
    let text = texts.map(|texts| (texts.len(), texts.into_iter().next()));
    assert!(text.as_ref().is_some_and(|(length, text)| *length < 2 && *text == read.1), "text in {query:?}: {read:?}");
    assert!((1..=100).contains(&read.4), "limit in {query:?}");
    let again = ask("GET", &read.5, &[], b"").expect("a link is an address");
    assert_eq!(again.status, 200, "{} of {query:?}", read.5);
    assert_eq!(again.json::<Read>(), read, "what the link of {query:?} says");
}

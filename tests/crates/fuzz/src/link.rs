//! A struct that is sent arrives as it was, or is not sent at all.

use squall::{Json, handler};

use crate::{client, wait};

/// Text in every place where a request has some.
#[handler("/everything/{segment}/{*tail}", register = false)]
#[derive(Clone)]
pub(crate) struct Everything {
    segment: String,
    tail: String,
    #[query]
    query: String,
    #[query]
    list: Vec<String>,
    #[header]
    x_header: String,
    #[cookie]
    cookie: String,
}

type Read = (String, String, String, Vec<String>, String, String);

#[handler]
impl Everything {
    #[get]
    fn read(self) -> Json<Read> {
        Json((self.segment, self.tail, self.query, self.list, self.x_header, self.cookie))
    }
}

/// The parts stand between newlines.
pub(crate) fn link(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\n').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_else(|| "x".to_owned());
    let (segment, tail, query, x_header, cookie) = (part(), part(), part(), part(), part());
    let sent = Everything { segment, tail, query, list: parts.collect(), x_header, cookie };
    let answer = match wait(async { client().get(sent.clone()).await }) {
        Ok(answer) => answer,
        Err(error) => {
            assert!(error.is_link(), "{error}");
            return;
        }
    };
    assert_eq!(answer.status(), 200, "{answer:?}");
    let read = answer.json().expect("JSON");
    assert_eq!(read, (sent.segment, sent.tail, sent.query, sent.list, sent.x_header, sent.cookie));
}

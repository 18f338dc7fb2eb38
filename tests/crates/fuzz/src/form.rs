//! Forms, whole queries and all cookies: what the extractors read of them.

use serde::{Deserialize, Serialize};
use squall::{Cookies, Form, Json, Query, get, post};

use crate::{Reply, ask, model};

/// A list and one that may be there.
#[derive(Serialize, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    tag: Vec<String>,
    text: Option<String>,
    number: Option<u32>,
}

#[post("/form", register = false)]
pub(crate) fn posted(form: Form<Filter>) -> Json<Filter> {
    Json(form.0)
}

#[get("/whole", register = false)]
pub(crate) fn whole(query: Query<Filter>) -> Json<Filter> {
    Json(query.0)
}

#[get("/jar", register = false)]
pub(crate) fn jar(cookies: Cookies) -> Json<Vec<(String, String)>> {
    Json(cookies.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

pub(crate) fn form(bytes: &[u8]) {
    let content_type: &[u8] = b"application/x-www-form-urlencoded";
    let reply = ask("POST", "/form", &[("content-type", content_type)], bytes).expect("a request");
    judge(bytes, &reply);
    let Ok(query) = std::str::from_utf8(bytes) else { return };
    let query = query.split('#').next().unwrap_or_default();
    if let Some(reply) = ask("GET", format!("/whole?{query}"), &[], b"") {
        judge(query.as_bytes(), &reply);
    }
}

fn judge(bytes: &[u8], reply: &Reply) {
    if reply.status != 200 {
        assert_eq!(reply.status, 400);
        return;
    }
    // A byte and its escape are one, so a character may stand there half as it is and half escaped.
    let escaped = |byte: &u8| if byte.is_ascii() { char::from(*byte).into() } else { format!("%{byte:02X}") };
    let text = &bytes.iter().map(escaped).collect::<String>();
    let read: Filter = reply.json();
    assert_eq!(Some(&read.tag), model::form_values(text, "tag").as_ref(), "tag in {text:?}");
    let texts = model::form_values(text, "text").expect("UTF-8");
    assert!(texts.len() < 2, "text in {text:?} is given more than once");
    assert_eq!(read.text.unwrap_or_default(), texts.into_iter().next().unwrap_or_default(), "text in {text:?}");
}

pub(crate) fn cookies(bytes: &[u8]) {
    let Some(reply) = ask("GET", "/jar", &[("cookie", bytes)], b"") else { return };
    assert_eq!(reply.status, 200, "what cannot be read is passed over");
    let read: Vec<(String, String)> = reply.json();
    let many = model::cookie_values(bytes, "many");
    if many.iter().any(|value| value.starts_with(b"\"")) {
        return;
    }
    let want: Vec<_> = many.into_iter().filter_map(|value| std::str::from_utf8(value).ok()).collect();
    let read: Vec<_> = read.iter().filter(|(name, _)| name == "many").map(|(_, value)| value.as_str()).collect();
    assert_eq!(read, want, "{:?}", bytes.escape_ascii().to_string());
}

//! Header fields and cookies.

use squall::{Json, handler};

use crate::{ask, model};

/// Cookies, one and many.
#[handler("/cookies", register = false)]
pub(crate) struct Cookies {
    #[cookie]
    one: Option<String>,
    #[cookie]
    many: Vec<String>,
}

#[handler]
impl Cookies {
    #[get]
    fn read(self) -> Json<(Option<String>, Vec<String>)> {
        Json((self.one, self.many))
    }
}

/// Fields, one and many.
#[handler("/fields", register = false)]
pub(crate) struct Fields {
    #[header("x-one")]
    one: Option<String>,
    #[header("x-many")]
    many: Vec<String>,
    #[header("x-number")]
    number: Option<u32>,
}

#[handler]
impl Fields {
    #[get]
    fn read(self) -> Json<(Option<String>, Vec<String>, Option<u32>)> {
        Json((self.one, self.many, self.number))
    }
}

pub(crate) fn cookie(bytes: &[u8]) {
    let Some(reply) = ask("GET", "/cookies", &[("cookie", bytes)], b"") else { return };
    let plain = |value: &[u8]| String::from_utf8(value.to_vec()).ok();
    let (one, many) = (model::cookie_values(bytes, "one"), model::cookie_values(bytes, "many"));
    if one.iter().chain(&many).any(|value| value.starts_with(b"\"")) {
        // Quotation is read in its own way: here only that it is read.
        assert!([200, 400].contains(&reply.status.as_u16()));
        return;
    }
    let want_many: Option<Vec<String>> = many.into_iter().map(plain).collect();
    match (one.last().map(|value| plain(value)), want_many) {
        (Some(None), _) | (_, None) => assert_eq!(reply.status, 400, "{:?}", bytes.escape_ascii().to_string()),
        (one, Some(many)) => {
            assert_eq!(reply.status, 200, "{:?}", bytes.escape_ascii().to_string());
            assert_eq!(reply.json::<(Option<String>, Vec<String>)>(), (one.flatten(), many));
        }
    }
}

/// Each line of the input is one field of the name.
pub(crate) fn header(bytes: &[u8]) {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').take(20).collect();
    let fields: Vec<(&str, &[u8])> = lines
        .iter()
        .flat_map(|line| [("x-one", *line), ("x-many", *line)])
        .chain(lines.first().map(|line| ("x-number", *line)))
        .collect();
    let Some(reply) = ask("GET", "/fields", &fields, b"") else { return };
    let texts: Option<Vec<&str>> = lines.iter().map(|line| std::str::from_utf8(line).ok()).collect();
    if reply.status == 200 {
        let texts = texts.expect("other bytes than UTF-8 are refused");
        let (one, many, number) = reply.json::<(Option<String>, Vec<String>, Option<u32>)>();
        // Lines of one name are a list, as are the elements of a line: nothing of them is lost.
        let bare = |text: String| text.replace([',', ' ', '\t'], "");
        assert_eq!(bare(many.concat()), bare(texts.concat()));
        assert_eq!(one, Some(texts.join(", ")), "lines are one list");
        assert_eq!(number, texts[0].parse().ok());
    } else {
        assert_eq!(reply.status, 400);
    }
}

/// Whatever a client says that it accepts, it is told what is wrong.
pub(crate) fn accept(bytes: &[u8]) {
    let Some(reply) = ask("GET", "/nothing/here", &[("accept", bytes)], b"") else { return };
    assert_eq!(reply.status, 404);
    assert!(!reply.body.is_empty(), "an answer without a word");
    let content_type = reply.headers.get("content-type").expect("a body has a type").to_str().expect("of ASCII");
    if content_type.contains("json") {
        assert_eq!(reply.json::<serde_json::Value>()["status"], 404);
    }
}

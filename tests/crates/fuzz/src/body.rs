//! Bodies of JSON, and what they say they are.

use squall::{Json, post};

use crate::ask;

/// Gives a value back.
#[post("/json", register = false)]
pub(crate) fn echo(value: Json<serde_json::Value>) -> Json<serde_json::Value> {
    value
}

pub(crate) fn json(bytes: &[u8]) {
    let reply = ask("POST", "/json", &[("content-type", b"application/json")], bytes).expect("a request");
    match serde_json::from_slice::<serde_json::Value>(bytes) {
        Ok(value) => {
            assert_eq!(reply.status, 200);
            // As text: serde_json may read back another last digit of a number than it wrote.
            assert_eq!(reply.body, serde_json::to_vec(&value).expect("a value is JSON"));
        }
        Err(_) => assert!([400, 422].contains(&reply.status.as_u16()), "{}", reply.status),
    }
}

/// The type is the input: nothing but JSON is read as such.
pub(crate) fn content_type(bytes: &[u8]) {
    let Some(reply) = ask("POST", "/json", &[("content-type", bytes)], b"[1]") else { return };
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let essence = text.split(';').next().unwrap_or_default().trim();
    match reply.status.as_u16() {
        200 => assert!(essence == "application/json" || essence.ends_with("+json"), "{text:?} was read as JSON"),
        415 => assert_ne!(text, "application/json"),
        status => panic!("{status} for {text:?}"),
    }
}

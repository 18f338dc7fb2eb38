//! A form with parts as a client sends it.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use http::header::{CONTENT_TYPE, HeaderValue};

use crate::response::{IntoResponse, Response};

/// A form with parts, as a browser sends it: the body of a request in tests.
///
/// Names are written as browsers write them (HTML, "multipart/form-data encoding algorithm"), with each backslash
/// doubled. The boundary is random and stands in none of the parts.
///
/// ```
/// use squall::{IntoResponse, MultipartForm};
///
/// let form = MultipartForm::new()
///     .text("title", "Cat")
///     .file("photo", "cat.png", "image/png", [1, 2, 3])
///     .bytes("raw", [4, 5]);
/// let response = form.into_response();
/// assert!(response.headers()["content-type"].as_bytes().starts_with(b"multipart/form-data; boundary="));
/// ```
#[derive(Clone, Debug, Default)]
pub struct MultipartForm {
    parts: Vec<(String, Vec<u8>)>,
}

impl MultipartForm {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text field.
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.part(disposition(name), text.into().into_bytes())
    }

    /// Adds a file with its name and its content type; one that is no header value becomes
    /// `application/octet-stream`.
    pub fn file(self, name: &str, file_name: &str, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let is_value = HeaderValue::from_str(content_type).is_ok() && content_type.is_ascii();
        let content_type = if is_value { content_type } else { "application/octet-stream" };
        let head = format!("{}; filename=\"{}\"", disposition(name), encoded(file_name));
        self.part(format!("{head}\r\nContent-Type: {content_type}"), bytes.into())
    }

    /// Adds bytes without the name of a file.
    pub fn bytes(self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.part(format!("{}\r\nContent-Type: application/octet-stream", disposition(name)), bytes.into())
    }

    fn part(mut self, head: String, bytes: Vec<u8>) -> Self {
        self.parts.push((head, bytes));
        self
    }

    /// A line of its own in none of the parts.
    fn boundary(&self) -> String {
        loop {
            let random = RandomState::new().build_hasher().finish();
            let boundary = format!("----squall-{random:016x}");
            let stands_in = |bytes: &[u8]| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
            if !self.parts.iter().any(|(head, bytes)| stands_in(head.as_bytes()) || stands_in(bytes)) {
                return boundary;
            }
        }
    }
}

impl IntoResponse for MultipartForm {
    fn into_response(self) -> Response {
        let boundary = self.boundary();
        let mut body = Vec::new();
        for (head, bytes) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let mut response = Response::new(body.into());
        let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"));
        response.headers_mut().insert(CONTENT_TYPE, content_type.expect("letters, digits and dashes"));
        response
    }
}

fn disposition(name: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{}\"", encoded(name))
}

/// What may not stand in a quoted name. Browsers leave a backslash alone, and so lose one before the closing quote.
/// Other control characters are no part of a header field and are left out.
fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '"' => encoded.push_str("%22"),
            '\r' => encoded.push_str("%0D"),
            '\n' => encoded.push_str("%0A"),
            '\\' => encoded.push_str("\\\\"),
            c if c.is_ascii_control() => {}
            c => encoded.push(c),
        }
    }
    encoded
}

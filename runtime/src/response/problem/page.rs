//! A failure for people: a page that needs nothing else, and lines for a terminal.

use std::fmt;

use crate::request::RequestId;
use crate::response::Problem;
use crate::response::problem::render::{places, shown};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:12vh auto 2rem;padding:0 1.5rem;overflow-wrap:anywhere}\
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}\
h1 b{font-weight:300;opacity:.6;margin-right:.5rem}\
li{margin:.25rem 0}code,pre{font:.9em ui-monospace,monospace}\
pre{white-space:pre-wrap;padding:1rem;border:1px solid #8886;border-radius:.5rem}\
dt{font-weight:600}dd{margin:0 0 .5rem}\
footer{margin-top:2.5rem;font-size:.85rem;opacity:.6}";

/// Text inside of HTML.
struct Escaped<T>(T);

impl<T: AsRef<str>> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in self.0.as_ref().split_inclusive(['&', '<', '>', '"', '\'']) {
            let (before, special) = match piece.char_indices().next_back() {
                Some((at, '&')) => (&piece[..at], "&amp;"),
                Some((at, '<')) => (&piece[..at], "&lt;"),
                Some((at, '>')) => (&piece[..at], "&gt;"),
                Some((at, '"')) => (&piece[..at], "&quot;"),
                Some((at, '\'')) => (&piece[..at], "&#39;"),
                _ => (piece, ""),
            };
            f.write_str(before)?;
            f.write_str(special)?;
        }
        Ok(())
    }
}

/// The problem as a page.
pub(super) fn page(problem: &Problem, cause: Option<&str>, id: RequestId) -> String {
    let (status, title) = (problem.status().as_u16(), Escaped(problem.title_text()));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{status}: {title}</title><style>{STYLE}</style></head>\n\
         <body><main><h1><b>{status}</b>{title}</h1>\n"
    );
    if let Some(detail) = problem.detail_text() {
        page += &format!("<p>{}</p>\n", Escaped(detail));
    }
    let faults: String = places(problem)
        .map(|(place, detail)| {
            format!("<li><code>{}</code> {}</li>\n", Escaped(place.replace('`', "")), Escaped(detail))
        })
        .collect();
    if !faults.is_empty() {
        page += &format!("<ul>\n{faults}</ul>\n");
    }
    let members: String = problem
        .members()
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", Escaped(name), Escaped(shown(value))))
        .collect();
    if !members.is_empty() {
        page += &format!("<dl>\n{members}</dl>\n");
    }
    if let Some(cause) = cause {
        page += &format!("<pre>{}</pre>\n", Escaped(cause));
    }
    page + &format!("<footer>Request <code>{id}</code></footer></main></body></html>\n")
}

/// Text in a line of its own: what is no letter could end it, or change the terminal that shows it.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The problem as lines of text.
pub(super) fn lines(problem: &Problem, cause: Option<&str>, id: RequestId) -> String {
    let mut lines = format!("{} {}\n", problem.status().as_u16(), plain(problem.title_text()));
    if let Some(detail) = problem.detail_text() {
        lines += &format!("{}\n", plain(detail));
    }
    for (place, detail) in places(problem) {
        lines += &format!("- {} {}\n", plain(&place), plain(detail));
    }
    for (name, value) in problem.members() {
        lines += &format!("{}: {}\n", plain(name), plain(&shown(value)));
    }
    if let Some(cause) = cause {
        lines += &format!("cause: {}\n", plain(cause));
    }
    lines + &format!("request {id}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_they_say() {
        let problem = Problem::new(http::StatusCode::CONFLICT).detail("a\nb\x1b[31m\u{9b}c").with("n\r", "x\ty");
        let id = RequestId::next();
        assert_eq!(lines(&problem, None, id), format!("409 Conflict\na b [31m c\nn : x y\nrequest {id}\n"));
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(Escaped("<a href='x'>\"ä\" & b").to_string(), "&lt;a href=&#39;x&#39;&gt;&quot;ä&quot; &amp; b");
        for text in ["", "plain", "&&", "<>"] {
            let want = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert_eq!(Escaped(text).to_string(), want);
        }
    }
}

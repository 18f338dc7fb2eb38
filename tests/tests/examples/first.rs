//! The first programs: text, a page, inputs, a small service, a second crate.

use crate::Example;

#[test]
fn hello() {
    let example = Example::start("hello");
    let (status, head, body) = example.ask("GET", "/", "", "");
    assert_eq!((status, body.as_str()), (200, "Hello, world"));
    assert!(head.contains("content-type: text/plain; charset=utf-8"));
    assert_eq!(example.get("/nowhere").0, 404);
}

#[test]
fn page() {
    let example = Example::start("page");
    let (status, head, body) = example.ask("GET", "/", "", "");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/html; charset=utf-8"));
    assert!(body.starts_with("<!doctype html>") && body.contains("<h1>A page from a file</h1>"));
    assert_eq!(example.get("/plain").0, 200);
}

#[test]
fn params() {
    let example = Example::start("params");
    let target = "/search/books?q=rust&tag=web&tag=async&exact&page=2&sort-by=newest_first";
    let (status, _, body) = example.ask("GET", target, "Accept-Language: de\r\nCookie: theme=dark\r\n", "");
    let want = concat!(
        r#"{"shelf":"books","q":"rust","tag":["web","async"],"exact":true,"limit":20,"sort":"NewestFirst","#,
        r#""paging":{"page":2},"accept_language":"de","theme":"dark"}"#
    );
    assert_eq!((status, body.as_str()), (200, want));
    let (status, body) = example.get("/search/books?limit=0");
    assert_eq!(status, 400);
    assert!(body.contains(r#"{"in":"query","name":"q","detail":"is missing"}"#), "{body}");
    assert!(body.contains(r#"{"in":"query","name":"limit","detail":"must be between 1 and 100"}"#), "{body}");
    let (status, body) = example.get("/files/a/b%20c");
    assert_eq!((status, body.as_str()), (200, "the file a/b c, and a search: /search/books?q=rust&page=1"));
}

#[test]
fn crud() {
    let example = Example::start("crud");
    let json = "Content-Type: application/json\r\n";
    let (status, head, _) = example.ask("POST", "/notes", json, r#"{"text":"milk"}"#);
    assert_eq!(status, 303);
    assert!(head.contains("location: /notes/1"));
    assert_eq!(example.get("/notes/1"), (200, r#"{"text":"milk"}"#.to_owned()));
    assert_eq!(example.ask("PUT", "/notes/1", json, r#"{"text":"tea"}"#).0, 204);
    assert_eq!(example.get("/notes"), (200, r#"{"1":{"text":"tea"}}"#.to_owned()));
    assert_eq!(example.ask("PUT", "/notes/1", json, r#"{"txt":"tea"}"#).0, 422);
    assert_eq!(example.ask("DELETE", "/notes/1", "", "").0, 204);
    assert_eq!(example.get("/notes/1").0, 404);
}

#[test]
fn two_crates() {
    let example = Example::start("two_crates");
    assert_eq!(example.get("/billing/invoices/3"), (200, r#"{"id":3,"total":"30 EUR"}"#.to_owned()));
    let (status, head, _) = example.ask("GET", "/billing", "", "");
    assert_eq!(status, 303);
    assert!(head.contains("location: /billing/invoices/7"), "{head}");
    assert!(example.get("/").1.contains("/billing/invoices/3"));
}

#[test]
fn testing() {
    let example = Example::start("testing");
    assert_eq!(example.get("/basket/3?discount=10"), (200, "18".to_owned()));
}

//! What stands around handlers: errors, middleware, scopes, layers of tower.

use crate::{Example, soon};

#[test]
fn errors_tell_what_they_may() {
    let example = Example::start("errors");
    assert_eq!(example.get("/accounts/1?minus=30"), (200, "70".to_owned()));
    let (status, body) = example.get("/accounts/7");
    assert_eq!(status, 404);
    assert!(body.contains(r#""detail":"there is no account 7""#), "{body}");
    let (status, body) = example.get("/accounts/1?minus=200");
    assert_eq!(status, 409);
    assert!(body.contains(r#""title":"Not enough money""#) && body.contains(r#""balance":100"#), "{body}");
    assert_eq!(example.get("/accounts/1?minus=2000").0, 422);
    assert_eq!(example.get("/accounts/x").0, 400);
}

#[test]
fn what_is_behind_an_error_is_in_the_log_alone() {
    let example = Example::start("errors");
    let (status, head, body) = example.ask("GET", "/accounts/2", "", "");
    assert_eq!(
        (status, body.as_str()),
        (500, r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#)
    );
    let id = head.lines().find_map(|line| line.strip_prefix("x-request-id: ")).expect("an id");
    example.logs(id);
    example.logs("BankError::BadBooks: invalid digit found in string");

    let (status, head, body) = example.ask("GET", "/accounts/2", "Accept: text/html\r\n", "");
    assert_eq!(status, 500);
    assert!(head.contains("content-type: text/html"), "{head}");
    assert!(body.starts_with("<h1>Internal Server Error</h1>") && !body.contains("digit"), "{body}");
    let (status, _, body) = example.ask("GET", "/nowhere", "Accept: text/html\r\n", "");
    assert_eq!(status, 404);
    assert!(body.starts_with("<h1>Not Found</h1>"), "{body}");
}

#[test]
fn middleware() {
    let example = Example::start("middleware");
    let (status, head, body) = example.ask("GET", "/", "X-Key: 1234\r\n", "");
    assert_eq!((status, body.as_str()), (200, "Hello, Ann\n"));
    assert!(head.contains("server-timing: app;dur="), "{head}");
    example.logs("GET / 200 OK in ");

    for target in ["/", "/nowhere"] {
        let (status, head, _) = example.ask("GET", target, "X-Key: 12345\r\n", "");
        assert_eq!(status, 401);
        assert!(head.contains("www-authenticate: key") && head.contains("server-timing: "), "{head}");
    }
    assert_eq!(example.ask("GET", "/nowhere", "X-Key: 1234\r\n", "").0, 404);
    assert_eq!(example.ask("GET", "/", "X-Key: 1234\r\n", "").0, 200);
    assert_eq!(example.ask("GET", "/", "X-Key: 1234\r\n", "").0, 429, "three are allowed");
}

#[test]
fn scopes() {
    let example = Example::start("scopes");
    let (status, head, refused) = example.ask("GET", "/admin", "", "");
    assert_eq!(status, 401);
    assert!(head.contains("www-authenticate: bearer"), "{head}");
    let ask = |target: &str, token: &str| {
        let (status, _, body) = example.ask("GET", target, &format!("Authorization: Bearer {token}\r\n"), "");
        (status, body)
    };
    assert_eq!(ask("/admin", "bob-2"), (200, "Hello, Bob".to_owned()));
    let (status, forbidden) = ask("/admin/audit/sent", "bob-2");
    assert_eq!((status, ask("/admin/audit/sent", "eve-3").0), (403, 401));
    assert_eq!(ask("/admin/nowhere", "").0, 404);

    // What was sent is counted once each answer is over, those that a hook gave included.
    let all = (2 * refused.len() + "Hello, Bob".len() + forbidden.len()) as u64;
    let sent = || ask("/admin/audit/sent", "ann-1").1.parse::<u64>().expect("a number");
    soon("the count", || (sent() >= all).then_some(()));
}

#[test]
fn layers_and_services_of_tower() {
    let example = Example::start("tower_layers");
    let (status, head, body) = example.ask("GET", "/", "Origin: https://app.example\r\n", "");
    assert_eq!((status, body.len()), (200, 4400));
    assert!(head.contains("access-control-allow-origin: https://app.example"), "{head}");
    assert!(head.contains("x-content-type-options: nosniff") && !head.contains("content-encoding"), "{head}");
    let (_, head, body) = example.ask("GET", "/", "Accept-Encoding: gzip\r\nOrigin: https://b.example\r\n", "");
    assert!(head.contains("content-encoding: gzip") && body.len() < 400, "{head}");
    let (_, head, _) =
        example.ask("OPTIONS", "/", "Origin: https://b.example\r\nAccess-Control-Request-Method: GET\r\n", "");
    assert!(!head.contains("access-control-allow-origin: https://b.example"), "{head}");

    let (status, head, body) = example.ask("GET", "/files/page.html", "", "");
    assert!(head.contains("content-type: text/html") && head.contains("nosniff"), "{head}");
    assert!(status == 200 && body.contains("A page from a file"), "{body}");
    assert_eq!(example.get("/files/nothing.html").0, 404);
    assert_eq!(example.get("/files/..%2fhello.rs").0, 404);

    let (status, head, _) = example.ask("GET", "/slow", "", "");
    assert_eq!(status, 503);
    assert!(head.contains("nosniff"), "the layers outside see what the layer inside answers: {head}");
    assert_eq!(example.get("/slow?seconds=0"), (200, "at last".to_owned()));
}

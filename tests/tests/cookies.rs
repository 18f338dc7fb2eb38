//! Cookies of a request, over the wire: as one input, and all of them.

use squall::{Application, Cookies, get};
use squall_tests::Server;

#[get("/one")]
async fn one(#[cookie("foo")] one: Option<String>, cookies: Cookies) -> String {
    assert_eq!(one.as_deref(), cookies.get("foo"), "one parser serves both");
    format!("{one:?}")
}

#[get("/all")]
async fn all(cookies: Cookies) -> String {
    format!("{:?}", cookies.iter().collect::<Vec<_>>())
}

#[get("/count")]
async fn count(cookies: Cookies) -> String {
    cookies.get("foo").map_or(0, str::len).to_string()
}

#[tokio::test]
async fn cookies_are_read_as_browsers_send_them() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    // behaviour 44
    for (fields, want) in [
        ("", "None"),
        ("Cookie: foo=\"a;b\"\r\n", r#"Some("\"a")"#),
        ("Cookie: foo=\"a\\073b\"\r\n", r#"Some("a;b")"#),
        ("Cookie: foo=a\\073b\r\n", r#"Some("a\\073b")"#),
        ("Cookie: foo=1; foo=2\r\n", r#"Some("2")"#),
        ("Cookie: /=x; foo=bar\r\n", r#"Some("bar")"#),
        ("Cookie: foo=\r\n", r#"Some("")"#),
        ("Cookie: foo\r\n", "None"),
        ("Cookie: ;;; foo = a=b ;\r\n", r#"Some("a=b")"#),
    ] {
        assert_eq!(wire.ask("GET", "/one", fields).await.text(), want, "{fields}");
    }
    let lines = wire.ask("GET", "/all", "Cookie: a=1\r\nCookie: b=2\r\n").await;
    assert_eq!(lines.text(), r#"[("a", "1"), ("b", "2")]"#, "two lines are one list (RFC 9113 section 8.2.3)");
}

#[tokio::test]
async fn many_escapes_are_one_pass() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    let escapes = 25_000;
    let reply = wire.ask("GET", "/count", &format!("Cookie: foo=\"{}\"\r\n", "\\\\".repeat(escapes))).await;
    assert_eq!(reply.text(), escapes.to_string());
}

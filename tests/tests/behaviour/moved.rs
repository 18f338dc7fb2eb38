//! Rows 48 and 50 to 52: paths that nobody serves, and where redirects lead.

use squall::{Application, IntoResponse as _, Redirect, Response, TrailingSlash, get};
use squall_tests::{Reply, Server};

#[get("/removeslash", register = false)]
async fn removeslash() -> &'static str {
    "without"
}

#[get("/addslash/", register = false)]
async fn addslash() -> &'static str {
    "with"
}

/// One segment, whatever it holds.
#[get("/{name}", register = false)]
async fn any(name: String) -> String {
    name
}

/// The same with a slash behind it.
#[get("/{name}/", register = false)]
async fn any_slash(name: String) -> String {
    name
}

#[get("/to", register = false)]
async fn to(#[query] next: String, #[query] how: Option<u8>) -> Response {
    match how {
        None => Redirect::to(next).into_response(),
        Some(1) => Redirect::local_or(next, "/home").into_response(),
        Some(2) => Redirect::external(&next).into_response(),
        // A field that a handler sets by hand.
        Some(_) => ([("location", next)], squall::StatusCode::FOUND).into_response(),
    }
}

/// Where an answer leads, with nothing in its head that was not meant.
fn location(reply: &Reply) -> Option<&str> {
    for (name, _) in &reply.headers {
        assert!(!name.contains("evil") && name != "set-cookie", "a split head: {reply:?}");
    }
    reply.header("location")
}

/// Row 48: an unknown path is 404 whatever the method, with a cookie or a token that is wrong.
#[tokio::test]
async fn row_48_what_nobody_serves_is_404() {
    let server = Server::start(Application::empty().handler::<to>()).await;
    let mut wire = server.connect().await;
    for method in ["GET", "POST", "PUT", "DELETE", "PURGE"] {
        let fields = "Cookie: _xsrf=3|x\r\nX-XSRFToken: y\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n";
        assert_eq!(wire.ask(method, "/nowhere", fields).await.status, 404, "{method}");
    }
}

/// Row 50: no text of a stranger splits a head or stands in a status line.
#[tokio::test]
async fn row_50_a_head_is_never_split() {
    let server = Server::start(Application::empty().handler::<to>()).await;
    let mut wire = server.connect().await;
    for text in ["/a%0D%0Aevil:%201", "/a%0Aset-cookie:%20a=b", "/a%0D", "/a%00", "%0D%0A%0D%0Ax"] {
        for (how, want) in [("", 500), ("&how=1", 303), ("&how=2", 500), ("&how=3", 500)] {
            let reply = wire.ask("GET", &format!("/to?next={text}{how}"), "").await;
            assert_eq!(reply.status, want, "{text}{how}");
            assert_eq!(location(&reply), (want == 303).then_some("/home"), "{text}{how}");
            let reason = reply.line.splitn(3, ' ').nth(2).expect("a reason");
            assert!(["See Other", "Internal Server Error"].contains(&reason), "{}", reply.line);
        }
    }
    for how in ["", "&how=1", "&how=2"] {
        let reply = wire.ask("GET", &format!("/to?next=/%E2%80%A8x%20y{how}"), "").await;
        assert_eq!((reply.status, location(&reply)), (303, Some("/%E2%80%A8x%20y")), "{how}");
    }
}

/// Row 51.
#[tokio::test]
async fn row_51_slashes_are_added_and_removed() {
    let app = Application::empty().handler::<removeslash>().handler::<addslash>();
    let server = Server::start(app.trailing_slash(TrailingSlash::Redirect)).await;
    let mut wire = server.connect().await;
    for (path, want) in [
        ("/removeslash/?foo=bar", Some("/removeslash?foo=bar")),
        ("/addslash?foo=bar", Some("/addslash/?foo=bar")),
        ("/addslash?", Some("/addslash/?")),
        ("/removeslash", None),
        ("/addslash/", None),
    ] {
        let reply = wire.ask("GET", path, "").await;
        assert_eq!(location(&reply), want, "{path}");
        assert_eq!(reply.status, if want.is_some() { 301 } else { 200 }, "{path}");
    }
}

/// Row 51, and 6.3.2 of part 2: a redirect to the other slash never leads to another site.
#[tokio::test]
async fn row_51_the_other_slash_is_on_this_site() {
    for app in [Application::empty().handler::<any>(), Application::empty().handler::<any_slash>()] {
        let server = Server::start(app.trailing_slash(TrailingSlash::Redirect)).await;
        for path in ["//evil.example/", "//evil.example", "/\\evil.example/", "/\\evil.example", "/\\/", "/\\"] {
            let reply = server.ask("GET", path).await;
            let leads = location(&reply);
            assert!(leads.is_none(), "{path} leads to {leads:?}");
        }
    }
}

/// Row 52: parameters in another order, and both queries.
#[tokio::test]
async fn row_52_paths_that_moved() {
    let app = || Application::empty().handler::<to>();
    let moving = app().redirect("/{a}/{b}/{c}", "/{b}/{a}/{c}").redirect("/src2", "/dst2?foo=bar");
    let server = Server::start(moving).await;
    for (path, want) in [
        ("/a/b/c", Some("/b/a/c")),
        ("/a/b/c?x=%41", Some("/b/a/c?x=%41")),
        ("/src2?foo2=bar2", Some("/dst2?foo=bar&foo2=bar2")),
        ("/src2", Some("/dst2?foo=bar")),
        ("/a/\\evil.example/c", None),
    ] {
        let reply = server.ask("GET", path).await;
        assert_eq!(location(&reply), want, "{path}");
        assert_eq!(reply.status, if want.is_some() { 301 } else { 404 }, "{path}");
    }
    for wrong in ["/dst?a b", "/dst?a#b", "/dst?\r\nx: y"] {
        let report = app().redirect("/src", wrong).check().expect_err("a report").to_string();
        assert!(report.contains("has a query that cannot stand in an address"), "{wrong:?}: {report}");
    }
}

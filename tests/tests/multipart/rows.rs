//! What is a form with parts and what is none, case by case.

use std::sync::{Arc, Mutex};

use squall::{Bytes, Multipart, MultipartForm, MultipartRejection, post};

use crate::{client, part, send};

/// Every part as `name|file name|content type|content`.
#[post("/parts")]
async fn parts(mut form: Multipart) -> Result<String, MultipartRejection> {
    let mut lines = Vec::new();
    while let Some(part) = form.next().await? {
        let file_name = part.raw_file_name().unwrap_or("-").to_owned();
        let content_type = part.content_type().unwrap_or("-").to_owned();
        let name = part.name().to_owned();
        lines.push(format!("{name}|{file_name}|{content_type}|{}", part.text().await?));
    }
    Ok(lines.join("\n"))
}

#[post("/names")]
async fn names(mut form: Multipart) -> Result<String, MultipartRejection> {
    let mut names = Vec::new();
    while let Some(part) = form.next().await? {
        names.push(part.name().to_owned());
    }
    Ok(names.len().to_string())
}

#[post("/few")]
async fn few(form: Multipart) -> Result<String, MultipartRejection> {
    let mut form = form.max_parts(2);
    let mut count = 0;
    while let Some(part) = form.next().await? {
        part.limit(4).bytes().await?;
        count += 1;
    }
    Ok(count.to_string())
}

#[post("/maybe")]
async fn maybe(form: Option<Multipart>) -> &'static str {
    if form.is_some() { "form" } else { "none" }
}

const WHOLE: &str = "--1234\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--1234--\r\n";

async fn with_type(content_type: &str, body: &str) -> u16 {
    let (client, _directory) = client();
    let call = client.post("/parts").body(body.to_owned()).header("content-type", content_type);
    call.await.expect("an answer").status().as_u16()
}

/// A writer for log lines.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panics with it").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_is_malformed_is_400_and_no_flood_of_log_lines() {
    let log = Lines::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let (client, _directory) = client();
    for (case, body) in [
        ("no final boundary", part("form-data; name=\"a\"", "1")),
        ("no data", part("form-data; name=\"a\"", "").trim_end().to_owned()),
        ("nothing", String::new()),
        ("no boundary at all", "a=1&b=2".to_owned()),
        ("without headers", "--1234\r\n\r\n1\r\n--1234--\r\n".to_owned()),
        ("without headers, then another", format!("--1234\r\n\r\n1\r\n{WHOLE}")),
        ("without disposition", "--1234\r\nContent-Type: text/plain\r\n\r\n1\r\n--1234--\r\n".to_owned()),
        ("without name", part("form-data", "1") + "--1234--\r\n"),
        ("a name of nothing", part("form-data; name", "1") + "--1234--\r\n"),
        ("another disposition", part("attachment; name=\"a\"", "1") + "--1234--\r\n"),
        ("two names", part("form-data; name=\"a\"; name=\"b\"", "1") + "--1234--\r\n"),
        (
            "no CRLF before the boundary",
            "--1234\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1--1234--\r\n".to_owned(),
        ),
        ("a longer boundary", WHOLE.replace("--1234--", "--12345--")),
        ("quotes that do not end", part("form-data; name=\"a", "1") + "--1234--\r\n"),
        ("CR in a name", part("form-data; name=\"a\rb\"", "1") + "--1234--\r\n"),
        ("NUL in a name", part("form-data; name=\"a\0b\"", "1") + "--1234--\r\n"),
        ("backspace in a name", part("form-data; name=\"a\x08b\"", "1") + "--1234--\r\n"),
        ("escape in a header", part("form-data; name=\"a\"\r\nX-A: \x1b", "1") + "--1234--\r\n"),
        ("CR in the name of a header", part("form-data; name=\"a\"\r\nX\r-A: b", "1") + "--1234--\r\n"),
        ("a header without colon", part("form-data; name=\"a\"\r\nX-A", "1") + "--1234--\r\n"),
        ("a folded header", part("form-data;\r\n name=\"a\"", "1") + "--1234--\r\n"),
        ("33 headers", part(&format!("form-data; name=\"a\"{}", "\r\nX-A: b".repeat(32)), "1") + "--1234--\r\n"),
    ] {
        log.0.lock().expect("nobody panics with it").clear();
        let answer = send(&client, "/parts", body).await;
        assert_eq!(answer.status(), 400, "{case}");
        assert!(answer.text().expect("text").contains(r#""errors":[{"in":"body","detail":""#), "{case}: {answer:?}");
        let logged = log.0.lock().expect("nobody panics with it").clone();
        let logged = String::from_utf8_lossy(&logged);
        assert!(logged.lines().count() <= 1, "{case}: {logged}");
    }
}

#[tokio::test]
async fn a_name_that_is_not_utf8_is_400() {
    let (client, _directory) = client();
    let mut body = b"--1234\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--1234--\r\n".to_vec();
    assert_eq!(send(&client, "/parts", body.clone()).await.status(), 400);
    body.retain(|byte| *byte != 0xff);
    assert_eq!(send(&client, "/parts", body).await.status(), 200);
}

#[tokio::test]
async fn content_types_are_told_apart() {
    for (content_type, want) in [
        ("multipart/form-data; boundary=1234", 200),
        ("multipart/form-data; boundary=\"1234\"", 200),
        ("multipart/form-data; Boundary=1234", 200),
        ("Multipart/Form-Data; boundary=1234", 200),
        ("MULTIPART/FORM-DATA;charset=utf-8;BOUNDARY=1234", 200),
        ("multipart/form-data ; boundary = 1234 ", 200),
        ("multipart/form-data", 400),
        ("multipart/form-data; boundary", 400),
        ("multipart/form-data; boundary=", 400),
        ("multipart/form-data; boundary=\"", 400),
        ("multipart/form-data; boundary=\"1234 \"", 400),
        ("multipart/form-data; boundary=1; boundary=1234", 400),
        ("multipart/form-dataxyz; boundary=1234", 400),
        ("multipart/mixed; boundary=1234", 415),
        ("application/x-www-form-urlencoded", 415),
        ("text/plain; boundary=1234", 415),
        ("", 415),
    ] {
        assert_eq!(with_type(content_type, WHOLE).await, want, "{content_type:?}");
    }
    let long = "x".repeat(71);
    assert_eq!(with_type(&format!("multipart/form-data; boundary={long}"), &WHOLE.replace("1234", &long)).await, 400);
    let long = "x".repeat(70);
    assert_eq!(with_type(&format!("multipart/form-data; boundary={long}"), &WHOLE.replace("1234", &long)).await, 200);
}

#[tokio::test]
async fn what_stands_around_the_parts_is_passed_over() {
    let (client, _directory) = client();
    for body in [
        WHOLE.to_owned(),
        WHOLE.trim_end().to_owned(),
        format!("{WHOLE}epilogue\r\nof any kind\r\n--1234\r\n"),
        format!("preamble\r\nof any kind\r\n{WHOLE}"),
        format!("\r\n{WHOLE}"),
        WHOLE.replace("--1234\r\n", "--1234 \t \r\n"),
    ] {
        let answer = send(&client, "/parts", body.clone()).await;
        assert_eq!((answer.status().as_u16(), answer.text().expect("text")), (200, "a|-|-|1"), "{body:?}");
    }
    assert_eq!(send(&client, "/parts", "--1234--").await.text().expect("text"), "");
}

#[tokio::test]
async fn names_of_files_arrive_exactly() {
    let (client, _directory) = client();
    for (sent, want) in [
        (r#"filename="a;b.txt""#, "a;b.txt"),
        (r#"filename="a\"b.txt""#, r#"a"b.txt"#),
        (r#"filename="a\";b.txt""#, r#"a";b.txt"#),
        (r#"filename="a;\"b.txt""#, r#"a;"b.txt"#),
        (r#"filename="a\";\";.txt""#, r#"a";";.txt"#),
        (r#"filename="a\\\"b.txt""#, r#"a\"b.txt"#),
        (r#"filename="a\\b.txt""#, r"a\b.txt"),
        (r#"filename="C:\photos\cat.png""#, r"C:\photos\cat.png"),
        (r#"filename="a%22b%20c.txt""#, r#"a"b%20c.txt"#),
        ("filename=plain.txt", "plain.txt"),
        (r#"FileName = "spaced.txt" "#, "spaced.txt"),
        ("filename=\"áb ☃.txt\"", "áb ☃.txt"),
        (r#"filename="x; name=other; y""#, "x; name=other; y"),
        ("filename*=UTF-8''%C3%A1b.txt", "áb.txt"),
        ("filename=\"a.txt\"; filename*=utf-8'en'%C3%A1b.txt", "áb.txt"),
        ("filename*=UTF-8''%C3%A1b.txt; filename=\"a.txt\"", "áb.txt"),
        ("filename=\"a.txt\"; filename*=koi8-r''%C3%A1b.txt", "a.txt"),
        (r#"filename="""#, ""),
    ] {
        for disposition in [format!("form-data; name=\"f\"; {sent}"), format!("Form-Data; {sent}; name=f")] {
            let body = part(&disposition, "1") + "--1234--\r\n";
            let answer = send(&client, "/parts", body).await;
            assert_eq!(answer.text().expect("text"), format!("f|{want}|-|1"), "{disposition}");
        }
    }
    let body = part("form-data; name=f; filename*=koi8-r''%C3%A1b.txt", "1") + "--1234--\r\n";
    assert_eq!(send(&client, "/parts", body).await.status(), 400);
}

#[tokio::test]
async fn the_number_of_parts_has_an_exact_limit() {
    let (client, _directory) = client();
    let form = |count: usize| part("form-data; name=\"a\"", "1").repeat(count) + "--1234--\r\n";
    assert_eq!(send(&client, "/names", form(128)).await.text().expect("text"), "128");
    assert_eq!(send(&client, "/names", form(129)).await.status(), 413);
    assert_eq!(send(&client, "/few", form(2)).await.text().expect("text"), "2");
    assert_eq!(send(&client, "/few", form(3)).await.status(), 413);
}

#[tokio::test]
async fn a_part_has_the_limit_it_is_given() {
    let (client, _directory) = client();
    let form = |content: &str| part("form-data; name=\"a\"", content) + "--1234--\r\n";
    assert_eq!(send(&client, "/few", form("1234")).await.status(), 200);
    assert_eq!(send(&client, "/few", form("12345")).await.status(), 413);
}

#[tokio::test]
async fn the_whole_body_has_the_limit_of_the_handler() {
    let (client, _directory) = client();
    let form = |length: usize| {
        let rest = part("form-data; name=\"a\"", "") + "--1234--\r\n";
        part("form-data; name=\"a\"", &"x".repeat(length - rest.len())) + "--1234--\r\n"
    };
    assert_eq!(form(2 << 20).len(), 2 << 20);
    assert_eq!(send(&client, "/names", form(2 << 20)).await.status(), 200);
    assert_eq!(send(&client, "/names", form((2 << 20) + 1)).await.status(), 413);
}

#[tokio::test]
async fn a_request_without_a_body_is_told_so() {
    let (client, _directory) = client();
    assert_eq!(client.post("/parts").await.expect("an answer").status(), 400);
    assert_eq!(client.post("/parts").body(squall::Body::from("a")).await.expect("an answer").status(), 415);
    assert_eq!(client.post("/maybe").await.expect("an answer").text().expect("text"), "none");
    assert_eq!(
        client.post("/maybe").body(MultipartForm::new()).await.expect("an answer").text().expect("text"),
        "form"
    );
    assert_eq!(client.post("/maybe").body(Bytes::from("a")).await.expect("an answer").status(), 415);
    let call = client.post("/maybe").header("content-type", "multipart/form-data");
    assert_eq!(call.await.expect("an answer").status(), 400);
}

#[tokio::test]
async fn a_form_of_ours_is_read_by_others() {
    let form = MultipartForm::new().text("ti\"tle", "Cat").file("f", "a\r\n\\.png", "image/png\r\nX: y", [1]);
    let response = squall::IntoResponse::into_response(form);
    let content_type = response.headers()["content-type"].to_str().expect("ASCII").to_owned();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary").to_owned();
    let body = response.into_body().collect(1000).await.expect("a body");
    let want = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"ti%22tle\"\r\n\r\nCat\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a%0D%0A\\\\.png\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n\u{1}\r\n--{boundary}--\r\n"
    );
    assert_eq!(body, want);
}

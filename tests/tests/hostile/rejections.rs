//! Every public rejection passes through `on_error` as what it is, with the status and the words that are documented.

use std::pin::Pin;
use std::task::{Context, Poll};

use serde::Deserialize;
use squall::rejection::{
    BodyRejection, Broken, ClientAddrRejection, FormRejection, HostRejection, JsonRejection, MissingState,
    QueryRejection, StringRejection,
};
use squall::testing::TestClient;
use squall::{
    Application, Body, Bytes, ClientAddr, Conditions, ETag, Extension, Failure, Faults, Form, Host, Html, IntoResponse,
    Json, MatchedRoute, MissingExtension, Multipart, MultipartRejection, NoRoute, Place, PreconditionFailed, Problem,
    Query, Request, Response, State, StatusCode, TimedOut, UploadDirectory, UploadedFile, Valid, Validate, Violations,
    get, post,
};

#[derive(Deserialize)]
struct Item {
    #[expect(dead_code, reason = "it is only read")]
    count: u8,
}

impl Validate for Item {
    fn validate(&self, violations: &mut Violations) {
        violations.add("/count", "is never right");
    }
}

#[post("/bytes", body = "8B", register = false)]
async fn bytes(_body: Bytes) {}

#[post("/text", body = "8B", register = false)]
async fn text(_body: String) {}

#[post("/json", register = false)]
async fn json(_body: Json<Item>) {}

#[post("/form", register = false)]
async fn form(_body: Form<Item>) {}

#[get("/query", register = false)]
async fn query(_query: Query<Item>) {}

#[post("/valid", register = false)]
async fn valid(_body: Valid<Json<Item>>) {}

#[get("/host", register = false)]
async fn host(_host: Host) {}

#[get("/addr", register = false)]
async fn addr(_addr: ClientAddr) {}

#[get("/state", register = false)]
async fn state(mut request: Request) -> Result<(), MissingState> {
    request.extract::<State<u128>>().await.map(|_| ())
}

#[get("/extension", register = false)]
async fn extension(mut request: Request) -> Result<(), MissingExtension> {
    request.extract::<Extension<u128>>().await.map(|_| ())
}

#[get("/condition", register = false)]
async fn condition(conditions: Conditions) -> Result<(), PreconditionFailed> {
    conditions.check(ETag::strong("v1").ok().as_ref(), None)
}

#[get("/slow", timeout = "1ms", register = false)]
async fn slow() {
    std::future::pending::<()>().await;
}

#[post("/parts", body = "40KiB", register = false)]
async fn parts(form: Multipart) -> Result<(), MultipartRejection> {
    let mut form = form.max_parts(2);
    while let Some(part) = form.next().await? {
        part.limit(8).bytes().await?;
    }
    Ok(())
}

#[derive(squall::FromMultipart)]
struct Upload {
    #[expect(dead_code, reason = "it is only read")]
    file: UploadedFile,
}

#[post("/upload", register = false)]
async fn upload(_upload: Upload) {}

#[get("/number", register = false)]
async fn number(#[query] count: u8) {
    let _ = count;
}

async fn lost(mut request: Request) -> Result<String, NoRoute> {
    Ok(request.extract::<MatchedRoute>().await?.path().to_owned())
}

/// Which of all types the failure was made of.
fn kinds(failure: &Failure) -> String {
    let known = [
        ("BodyRejection", failure.is::<BodyRejection>()),
        ("Broken", failure.is::<Broken>()),
        ("ClientAddrRejection", failure.is::<ClientAddrRejection>()),
        ("FormRejection", failure.is::<FormRejection>()),
        ("HostRejection", failure.is::<HostRejection>()),
        ("JsonRejection", failure.is::<JsonRejection>()),
        ("MissingExtension", failure.is::<MissingExtension>()),
        ("MissingState", failure.is::<MissingState>()),
        ("MultipartRejection", failure.is::<MultipartRejection>()),
        ("NoRoute", failure.is::<NoRoute>()),
        ("PreconditionFailed", failure.is::<PreconditionFailed>()),
        ("QueryRejection", failure.is::<QueryRejection>()),
        ("StringRejection", failure.is::<StringRejection>()),
        ("TimedOut", failure.is::<TimedOut>()),
        ("Error", failure.is::<squall::Error>()),
    ];
    assert!(failure.is::<Problem>(), "every failure is a problem, too");
    assert_eq!(failure.is::<Faults>(), failure.faults().is_some());
    known.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect::<Vec<_>>().join(" ")
}

async fn page(failure: Failure) -> Response {
    let mut words: Vec<String> = failure.problem().detail_text().into_iter().map(str::to_owned).collect();
    for fault in failure.faults().into_iter().flat_map(Faults::iter) {
        let name = if fault.name.is_empty() { String::new() } else { format!(" {}", fault.name) };
        words.push(format!("{}{name}: {}", fault.place, fault.detail));
    }
    (failure.status(), Html(format!("{} | {}", kinds(&failure), words.join("; ")))).into_response()
}

fn client() -> (TestClient, tempfile::TempDir) {
    let directory = tempfile::tempdir().expect("a directory");
    let app = Application::empty()
        .handler::<bytes>()
        .handler::<text>()
        .handler::<json>()
        .handler::<form>()
        .handler::<query>()
        .handler::<valid>()
        .handler::<host>()
        .handler::<addr>()
        .handler::<state>()
        .handler::<extension>()
        .handler::<condition>()
        .handler::<slow>()
        .handler::<parts>()
        .handler::<upload>()
        .handler::<number>()
        .fallback(lost)
        .state(UploadDirectory::at(directory.path().join("that is not there")))
        .on_error(page);
    (TestClient::new(app), directory)
}

const JSON: &str = "content-type: application/json";
const FORM: &str = "content-type: application/x-www-form-urlencoded";
const PARTS: &str = "content-type: multipart/form-data; boundary=b";

fn part(name: &str, content: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name={name}\r\n\r\n{content}\r\n")
}

struct Breaks(bool);

impl futures_core::Stream for Breaks {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = if self.0 { Ok("{\"count\"") } else { Err("the secret of the connection") };
        self.0 = false;
        Poll::Ready(Some(piece))
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "it is one table")]
async fn each_is_what_it_is_with_its_status_and_words() {
    let (log, _guard) = super::Log::begin();
    let (client, _directory) = client();
    let large_head =
        format!("--b\r\nContent-Disposition: form-data; name=a\r\nX-A: {}\r\n\r\n1\r\n--b--", "x".repeat(20_000));
    let file = "--b\r\nContent-Disposition: form-data; name=file; filename=x\r\n\r\n".to_owned()
        + &"x".repeat(1_100_000)
        + "\r\n--b--";
    for (method, path, field, body, status, want) in [
        ("POST", "/bytes", "", "123456789", 413, "BodyRejection | the body is larger than 8 bytes"),
        (
            "POST",
            "/bytes",
            "content-encoding: x",
            "1",
            415,
            "BodyRejection | the content encoding of the body is not supported",
        ),
        ("POST", "/text", "", "123456789", 413, "StringRejection | the body is larger than 8 bytes"),
        (
            "POST",
            "/text",
            "content-type: text/plain; charset=x",
            "1",
            415,
            "StringRejection | the charset of the body has to be UTF-8, US-ASCII or ISO-8859-1",
        ),
        (
            "POST",
            "/text",
            "content-type: text/plain; charset=us-ascii",
            "é",
            400,
            "StringRejection | body: is not US-ASCII",
        ),
        ("POST", "/json", "", "{}", 415, "JsonRejection | the body has to be `application/json` in UTF-8"),
        ("POST", "/json", JSON, "", 400, "JsonRejection | body: is missing: JSON is expected"),
        ("POST", "/json", JSON, "{", 400, "JsonRejection | body: is not JSON: "),
        ("POST", "/json", JSON, "{\"count\":300}", 422, "JsonRejection | body: "),
        (
            "POST",
            "/form",
            "",
            "a",
            415,
            "FormRejection | the body has to be `application/x-www-form-urlencoded` in UTF-8",
        ),
        ("POST", "/form", "", "", 400, "FormRejection | body: is missing: a form is expected"),
        ("POST", "/form", FORM, "a=b", 400, "FormRejection | body count: is missing"),
        ("GET", "/query?a", "", "", 400, "QueryRejection | query count: is missing"),
        ("POST", "/valid", JSON, "{\"count\":3}", 422, "Broken | body: is never right"),
        ("POST", "/valid", JSON, "{", 400, "JsonRejection | body: is not JSON: "),
        ("GET", "/host", "", "", 400, "HostRejection | header host: is missing"),
        ("GET", "/host", "host: a b", "", 400, "HostRejection | header host: must be a host such as"),
        ("GET", "/addr", "", "", 500, "ClientAddrRejection | "),
        ("GET", "/state", "", "", 500, "MissingState | "),
        ("GET", "/extension", "", "", 500, "MissingExtension | "),
        (
            "GET",
            "/condition",
            "if-match: \"v2\"",
            "",
            412,
            "PreconditionFailed | the resource has another version than the request demands",
        ),
        ("GET", "/slow", "", "", 503, "TimedOut | the answer took too long"),
        ("GET", "/nowhere", "", "", 404, "NoRoute | "),
        ("GET", "/number?count=x", "", "", 400, " | query count: "),
        ("DELETE", "/number", "", "", 405, " | "),
        ("POST", "/parts", "", "x", 415, "MultipartRejection | the body has to be `multipart/form-data`"),
        ("POST", "/parts", "", "", 400, "MultipartRejection | body: is missing: a form with parts is expected"),
        ("POST", "/parts", PARTS, "x", 400, "MultipartRejection | body: is no form with parts: "),
        (
            "POST",
            "/parts",
            PARTS,
            &(part("a", "1").repeat(3) + "--b--"),
            413,
            "MultipartRejection | the form has more than 2 parts",
        ),
        (
            "POST",
            "/parts",
            PARTS,
            &large_head,
            413,
            "MultipartRejection | the header fields of a part are larger than 16384 bytes",
        ),
        (
            "POST",
            "/parts",
            PARTS,
            &(part("a", "123456789") + "--b--"),
            413,
            "MultipartRejection | the part `a` is larger than 8 bytes",
        ),
        ("POST", "/parts", PARTS, &"x".repeat(50_000), 413, "MultipartRejection | the body is larger than 40960 bytes"),
        ("POST", "/upload", PARTS, &(part("x", "1") + "--b--"), 400, "MultipartRejection | body file: is missing"),
        ("POST", "/upload", PARTS, &file, 500, "MultipartRejection | "),
    ] {
        let case = format!("{method} {path} {field} {body:.60}");
        log.taken();
        let mut request = squall::http::Request::builder().method(method).uri(path);
        if let Some((name, value)) = field.split_once(": ") {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let (head, answer) = client.send(request.into()).await.into_parts();
        let told = String::from_utf8(answer.collect(100_000).await.expect("a body").into()).expect("text");
        assert_eq!(head.status, status, "{case}: {told}");
        assert!(if want.ends_with("| ") { told == want } else { told.starts_with(want) }, "{case}: {told}");
        let lines = log.taken();
        assert_eq!(lines.len(), 1, "{case}: {lines:?}");
        assert_eq!(lines[0].contains(" ERROR "), status >= 500, "{case}: {lines:?}");
        assert_eq!(lines[0].contains("cause="), status == 500, "{case}: {lines:?}");
    }
}

/// A body that breaks off on its way, for every extractor that reads one.
#[tokio::test]
async fn a_body_that_breaks_off_is_400_for_every_extractor() {
    let (client, _directory) = client();
    for (path, field, want) in [
        ("/bytes", "", "BodyRejection"),
        ("/text", "", "StringRejection"),
        ("/json", JSON, "JsonRejection"),
        ("/form", FORM, "FormRejection"),
        ("/valid", JSON, "JsonRejection"),
        ("/parts", PARTS, "MultipartRejection"),
        ("/upload", PARTS, "MultipartRejection"),
    ] {
        let mut request = squall::http::Request::post(path);
        if let Some((name, value)) = field.split_once(": ") {
            request = request.header(name, value);
        }
        let request = request.body(Body::from_stream(Breaks(true))).expect("a request");
        let (head, body) = client.send(request.into()).await.into_parts();
        let told = String::from_utf8(body.collect(100_000).await.expect("a body").into()).expect("text");
        assert_eq!(head.status, 400, "{path}: {told}");
        assert_eq!(told, format!("{want} | the body could not be read"), "{path}");
    }
}

/// A place for a value keeps it whatever stands beside it.
#[test]
fn a_status_beside_a_rejection_does_not_hide_it() {
    let response = (StatusCode::IM_A_TEAPOT, MultipartRejection::TooManyParts { limit: 1 }).into_response();
    assert_eq!(response.status(), 418);
    let mut faults = Faults::default();
    faults.broken(Place::Body, "a", "is wrong");
    assert_eq!(MultipartRejection::Faults(faults).into_response().status(), 422);
}

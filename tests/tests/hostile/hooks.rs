//! Hooks and middleware that panic, never end, or take what others want.

use squall::middleware::Next;
use squall::testing::TestClient;
use squall::{
    Application, Body, Bytes, Extension, Failure, IntoResponse, Multipart, MultipartRejection, Outcome, Problem,
    Request, Response, State, StatusCode, get, handler, post, scope,
};
use squall_tests::{Server, Stage};

use super::Log;

#[get("/fine", register = false)]
async fn fine() -> &'static str {
    "fine"
}

#[get("/secret", register = false)]
async fn secret() -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY).detail("try again").caused_by("password=hunter2")
}

#[get("/panics", register = false)]
async fn panics() -> &'static str {
    panic!("password=hunter2")
}

/// Panics before there is anything to wait for.
fn panics_at_once(request: Request) -> std::future::Ready<&'static str> {
    assert!(request.uri().path() != "/at-once", "before the first step");
    std::future::ready("fell back")
}

fn app() -> Application {
    Application::empty().handler::<fine>().handler::<secret>().handler::<panics>()
}

async fn id_of(answer: &squall::testing::Answer<squall::Untyped>) -> String {
    answer.header("x-request-id").to_owned()
}

/// The hook panics: the client gets the page that it would have had for a panic, and the log has both causes.
#[tokio::test]
async fn a_hook_that_panics_is_a_500() {
    async fn page(failure: Failure) -> Response {
        assert!(failure.status() == 404, "the hook gives up");
        failure.into_response()
    }
    let (log, _guard) = Log::begin();
    let server = Server::start(app().on_error(page)).await;
    let mut wire = server.connect().await;
    for path in ["/secret", "/panics"] {
        let reply = wire.ask("GET", path, "").await;
        assert_eq!((reply.status, reply.header("content-type")), (500, Some("application/problem+json")), "{path}");
        assert!(!reply.text().contains("hunter2") && !reply.text().contains("gives up"), "{}", reply.text());
        let lines = log.taken();
        assert_eq!(lines.len(), 2, "{lines:?}");
        let id = reply.header("x-request-id").expect("an id");
        assert!(lines.iter().all(|line| line.contains(id)), "{lines:?}");
        assert!(lines[0].contains("hunter2") && lines[1].contains("the hook gives up"), "{lines:?}");
    }
    assert_eq!(wire.ask("GET", "/nowhere", "").await.status, 404);
    assert_eq!(wire.ask("GET", "/fine", "").await.text(), "fine");
}

/// A hook that gives the failure back: as if there were none, and logged once.
#[tokio::test]
async fn a_hook_that_changes_nothing_changes_nothing() {
    async fn same(failure: Failure) -> Failure {
        failure
    }
    let (log, _guard) = Log::begin();
    let (plain, hooked) = (TestClient::new(app()), TestClient::new(app().on_error(same)));
    for path in ["/secret", "/panics", "/nowhere", "/fine"] {
        for accept in ["*/*", "text/html", "text/plain"] {
            let one = plain.get(path).header("accept", accept).await.expect("an answer");
            log.taken();
            let two = hooked.get(path).header("accept", accept).await.expect("an answer");
            assert_eq!(log.taken().len(), usize::from(path != "/fine"));
            assert_eq!(one.status(), two.status());
            let bare = |text: &str, id: &str| if id.is_empty() { text.to_owned() } else { text.replace(id, "id") };
            let (first, second) = (id_of(&one).await, id_of(&two).await);
            assert_eq!(bare(one.text().expect("text"), &first), bare(two.text().expect("text"), &second));
            assert_eq!(one.header("content-type"), two.header("content-type"));
        }
    }
}

/// A page of the application's own still names the request, so that it can be found in the log.
#[tokio::test]
async fn a_page_of_ones_own_still_names_the_request() {
    async fn page(failure: Failure) -> (StatusCode, &'static str) {
        (failure.status(), "sorry")
    }
    let (log, _guard) = Log::begin();
    let client = TestClient::new(app().on_error(page));
    for path in ["/secret", "/panics", "/nowhere"] {
        let answer = client.get(path).await.expect("an answer");
        let (id, lines) = (id_of(&answer).await, log.taken());
        assert_eq!(answer.text().expect("text"), "sorry");
        assert_eq!(id.len(), 16, "{path}");
        assert!(lines.len() == 1 && lines[0].contains(&id), "{path}: {lines:?}");
    }
}

/// A hook that never ends is left when the client leaves.
#[tokio::test]
async fn a_hook_that_never_ends_ends_with_its_client() {
    let (stage, mut events) = Stage::new();
    let hooked = stage.clone();
    let app = app().on_error(move |_failure| {
        let stage = hooked.clone();
        async move {
            let _leaving = stage.tell_on_drop("left");
            stage.tell("hooked");
            std::future::pending::<StatusCode>().await
        }
    });
    let server = Server::start(app).await;
    let mut wire = server.connect().await;
    wire.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "hooked");
    drop(wire);
    assert_eq!(events.next().await, "left");
    assert_eq!(server.ask("GET", "/fine").await.text(), "fine");
}

/// A fallback that panics when it is called, not when it is awaited, is seen by what stands around it all the same.
#[tokio::test]
async fn a_panic_before_the_first_step_reaches_the_hook() {
    async fn page(failure: Failure) -> (StatusCode, &'static str) {
        (failure.status(), "sorry")
    }
    let client = TestClient::new(app().fallback(panics_at_once).on_error(page));
    let answer = client.get("/at-once").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.text().expect("text")), (500, "sorry"));
    assert_eq!(client.get("/else").await.expect("an answer").text().expect("text"), "fell back");
}

#[scope("/outer")]
struct Outer {
    #[header]
    x_do: Option<String>,
}

#[scope]
impl Outer {
    #[prepare]
    async fn begin(&self, stage: State<Stage>) {
        match self.x_do.as_deref() {
            Some("panic") => panic!("in a prepare"),
            Some("wait") => {
                let _leaving = stage.tell_on_drop("prepare left");
                stage.tell("preparing");
                stage.wait().await;
            }
            _ => {}
        }
    }

    #[finish]
    async fn end(&self, outcome: &Outcome, stage: State<Stage>) {
        stage.tell(match (outcome.panicked(), outcome.gone(), outcome.status().map(|status| status.as_u16())) {
            (true, _, _) => "outer: panicked",
            (_, true, None) => "outer: gone before an answer",
            (_, true, _) => "outer: gone",
            (_, _, Some(200)) => "outer: 200",
            (_, _, Some(413)) => "outer: 413",
            _ => "outer: something else",
        });
    }
}

#[scope("/inner", in = Outer, body = "200B")]
struct Inner;

#[scope]
impl Inner {
    #[finish]
    async fn first(&self, stage: State<Stage>) {
        stage.tell("inner: first");
        panic!("in a finish");
    }

    #[finish]
    async fn second(&self, stage: State<Stage>) {
        stage.tell("inner: second");
    }
}

#[handler("/page", in = Inner, register = false)]
struct Page;

#[handler]
impl Page {
    #[get]
    async fn show(&self) -> &'static str {
        "page"
    }

    #[finish]
    async fn last(&self, stage: State<Stage>) {
        stage.tell("handler: finish");
        panic!("in a finish of a handler");
    }
}

#[post("/parts", in = Inner, register = false)]
async fn parts(mut form: Multipart) -> Result<String, MultipartRejection> {
    let mut count = 0;
    while let Some(part) = form.next().await? {
        count += part.bytes().await?.len();
    }
    Ok(count.to_string())
}

async fn scoped() -> (Server, Stage, squall_tests::Events) {
    let (stage, events) = Stage::new();
    let app = Application::empty().handler::<Page>().handler::<parts>().state(stage.clone());
    (Server::start(app).await, stage, events)
}

async fn nothing_more(mut server: Server, mut events: squall_tests::Events) {
    server.stop();
    server.ended().await;
    assert_eq!(events.waiting(), None);
}

/// Every `#[finish]` runs, whatever becomes of those before it.
#[tokio::test]
async fn a_finish_that_panics_does_not_stop_the_others() {
    let (log, _guard) = Log::begin();
    let (server, _stage, mut events) = scoped().await;
    assert_eq!(server.ask("GET", "/outer/inner/page").await.text(), "page");
    for want in ["handler: finish", "inner: first", "inner: second", "outer: 200"] {
        assert_eq!(events.next().await, want);
    }
    nothing_more(server, events).await;
    let lines = log.taken();
    let told = lines.iter().filter(|line| line.contains(" ERROR ") && line.contains("#[finish]")).count();
    assert_eq!(told, 2, "{lines:?}");
}

/// A `#[prepare]` that panics is a 500, and the finishes of its scope run.
#[tokio::test]
async fn a_prepare_that_panics_is_a_500() {
    let (server, _stage, mut events) = scoped().await;
    let mut wire = server.connect().await;
    let reply = wire.ask("GET", "/outer/inner/page", "x-do: panic\r\n").await;
    assert_eq!((reply.status, reply.text().contains("in a prepare")), (500, false));
    for want in ["inner: first", "inner: second", "outer: panicked"] {
        assert_eq!(events.next().await, want);
    }
    assert_eq!(wire.ask("GET", "/outer/inner/page", "").await.status, 200, "the connection goes on");
    for _ in 0..4 {
        events.next().await;
    }
    nothing_more(server, events).await;
}

/// A client that leaves while a `#[prepare]` waits.
#[tokio::test]
async fn a_client_leaves_during_prepare() {
    let (server, stage, mut events) = scoped().await;
    let mut wire = server.connect().await;
    wire.send("GET /outer/inner/page HTTP/1.1\r\nHost: a\r\nx-do: wait\r\n\r\n").await;
    assert_eq!(events.next().await, "preparing");
    drop(wire);
    for want in ["prepare left", "inner: first", "inner: second", "outer: gone before an answer"] {
        assert_eq!(events.next().await, want);
    }
    stage.open(1);
    nothing_more(server, events).await;
}

/// The limit of a scope counts for a form with parts, too, with a length and without.
#[tokio::test]
async fn the_limit_of_a_scope_holds_for_forms_with_parts() {
    let (server, _stage, mut events) = scoped().await;
    let form = |length: usize| {
        let head = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n";
        let tail = "\r\n--b--\r\n";
        format!("{head}{}{tail}", "x".repeat(length - head.len() - tail.len()))
    };
    for (length, want) in [(200, 200), (201, 413), (5000, 413)] {
        let mut wire = server.connect().await;
        let reply = wire.post("/outer/inner/parts", "multipart/form-data; boundary=b", &form(length)).await;
        assert_eq!(reply.status, want, "{length}");
        let mut wire = server.connect().await;
        let head = "POST /outer/inner/parts HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n";
        let chunk = format!("{length:x}\r\n{}\r\n0\r\n\r\n", form(length));
        wire.try_send(format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunk}")).await;
        assert_eq!(wire.reply().await.status, want, "{length} in chunks");
        for _ in 0..2 {
            assert_eq!((events.next().await, events.next().await), ("inner: first", "inner: second"));
            assert_eq!(events.next().await, if want == 200 { "outer: 200" } else { "outer: 413" });
        }
    }
    nothing_more(server, events).await;
}

/// Two middlewares want the same body: the first has it, the second finds none, and nobody waits for ever.
#[tokio::test]
async fn a_body_is_read_once() {
    async fn takes(mut request: Request, next: Next) -> Result<Response, squall::Error> {
        let taken = request.bytes().await?.len();
        let before = request.extensions().get::<usize>().copied().unwrap_or(0);
        request.extensions_mut().insert(before * 10 + taken);
        Ok(next.run(request).await)
    }
    #[post("/left", register = false)]
    async fn left(body: Bytes, seen: Extension<usize>) -> String {
        format!("{} after {}", body.len(), seen.0)
    }
    let app = Application::empty().handler::<left>().provides::<usize>().middleware(takes).middleware(takes);
    let server = Server::start(app).await;
    let mut wire = server.connect().await;
    for _ in 0..2 {
        assert_eq!(wire.post("/left", "text/plain", "four").await.text(), "0 after 40");
    }
    let client = TestClient::new(Application::empty().handler::<left>().provides::<usize>().middleware(takes));
    assert_eq!(
        client.post("/left").body(Body::from("four")).await.expect("an answer").text().expect("text"),
        "0 after 4"
    );
}

/// Text of any length and kind in a problem, and values at the limit of a head: the answer is whole or refused.
#[tokio::test]
async fn large_values_are_sent_or_refused() {
    #[get("/told", register = false)]
    async fn told(#[header] x_text: String) -> Problem {
        Problem::new(StatusCode::CONFLICT).detail(x_text.clone()).with("text", x_text.clone()).header("x-text", x_text)
    }
    let server = Server::start(Application::empty().handler::<told>()).await;
    let mut wire = server.connect().await;
    for length in [0, 1, 1000, 30_000, 60_000] {
        for accept in ["*/*", "text/html", "text/plain"] {
            let text = "<\"&".repeat(length / 3);
            let reply = wire.ask("GET", "/told", &format!("Accept: {accept}\r\nX-Text: {text}\r\n")).await;
            assert_eq!((reply.status, reply.header("x-text")), (409, Some(text.as_str())), "{length} {accept}");
            assert!(accept != "text/html" || !reply.text().contains("<\"&"), "{length}");
        }
    }
    let mut wire = server.connect().await;
    wire.try_send(format!("GET /told HTTP/1.1\r\nHost: a\r\nX-Text: {}\r\n\r\n", "x".repeat(70_000))).await;
    assert_eq!(wire.reply().await.status, 431);
}

/// Requests behind each other, with failures of every kind between them: as many answers, in order.
#[tokio::test]
async fn pipelined_failures_stay_in_order() {
    let server = Server::start(app()).await;
    let mut wire = server.connect().await;
    let paths = ["/fine", "/panics", "/nowhere", "/secret", "/a%20b", "/fine"];
    let mut requests = String::new();
    for path in paths {
        requests += &format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        requests += &format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nGET");
    }
    wire.send(requests).await;
    let mut ids = std::collections::HashSet::new();
    for (path, want) in paths.into_iter().zip([200, 500, 404, 502, 404, 200]) {
        for want in [want, if want == 404 { 404 } else { 405 }] {
            let reply = wire.reply().await;
            assert_eq!(reply.status, want, "{path}");
            assert!(want == 200 || ids.insert(reply.header("x-request-id").expect("an id").to_owned()), "an id twice");
        }
    }
}

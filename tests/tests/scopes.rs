//! Scopes: prefixes, what runs before and after their handlers, and what they share.

#![allow(clippy::unused_self, reason = "a hook takes its scope, whether it looks at it or not")]

use std::sync::Mutex;

use squall::testing::TestClient;
use squall::{Application, Extension, Json, NoContent, Outcome, Redirect, State, StatusCode, get, handler, scope};

#[path = "scopes/endings.rs"]
mod endings;
#[path = "scopes/hosts.rs"]
mod hosts;
#[path = "scopes/launch.rs"]
mod launch;
#[path = "scopes/options.rs"]
mod options;

/// What ran, in order.
#[derive(Default)]
struct Log(Mutex<Vec<&'static str>>);

impl Log {
    fn add(&self, what: &'static str) {
        self.0.lock().expect("no panic while it is held").push(what);
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().expect("no panic while it is held"))
    }
}

#[scope("/admin")]
struct Admin {
    #[header]
    x_user: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct User(String);

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self, log: State<Log>) -> Result<User, StatusCode> {
        log.add("admin prepare");
        self.x_user.clone().map(User).ok_or(StatusCode::UNAUTHORIZED)
    }

    #[prepare]
    fn second(&self, Extension(user): Extension<User>, log: State<Log>) -> Result<(), Redirect> {
        log.add("admin second");
        if user.0 == "guest" { Err(Redirect::to("/welcome")) } else { Ok(()) }
    }

    #[finish]
    async fn count(&self, outcome: &Outcome, log: State<Log>) {
        log.add(if outcome.status() == Some(StatusCode::OK) { "admin finish 200" } else { "admin finish" });
    }

    #[expect(dead_code, reason = "a method without an attribute is left alone")]
    fn other(&self) {}
}

#[scope("/audit", in = Admin)]
struct Audit;

#[scope]
impl Audit {
    #[prepare]
    async fn noted(&self, log: State<Log>) {
        log.add("audit prepare");
    }

    #[finish]
    fn noted_again(&self, log: State<Log>) {
        log.add("audit finish");
    }
}

/// A scope needs no hooks.
#[scope("/plain")]
struct Plain;

#[scope("/")]
struct Bare;

#[get("/users/{id}", in = Admin)]
async fn user(id: u32, user: Extension<User>, log: State<Log>) -> String {
    log.add("user");
    format!("{id} for {}", user.0.0)
}

#[handler("/", in = Audit)]
struct Entries {
    #[query]
    page: Option<u32>,
}

#[handler]
impl Entries {
    #[prepare]
    async fn ready(&self, log: State<Log>) -> Result<u32, StatusCode> {
        log.add("entries prepare");
        match self.page {
            Some(0) => Err(StatusCode::NOT_FOUND),
            page => Ok(page.unwrap_or(1)),
        }
    }

    #[get]
    async fn list(&self, page: Extension<u32>, user: Option<Extension<User>>, log: State<Log>) -> Json<u32> {
        assert!(user.is_some());
        log.add("entries list");
        Json(page.0)
    }

    #[post]
    async fn add(self, log: State<Log>, text: String) -> NoContent {
        assert_eq!(text, "entry");
        log.add("entries add");
        NoContent
    }

    #[finish]
    async fn done(&self, outcome: &Outcome, log: State<Log>) {
        log.add(if outcome.gone() || outcome.panicked() { "entries gone" } else { "entries finish" });
    }
}

#[get("/a", in = Plain)]
async fn in_plain() -> &'static str {
    "plain"
}

#[get("/", in = Plain)]
async fn at_plain() -> &'static str {
    "plain itself"
}

#[get("/", in = Bare)]
async fn root() -> &'static str {
    "root"
}

#[get("/bare", in = Bare)]
async fn bare() -> &'static str {
    "bare"
}

fn app() -> Application {
    Application::empty()
        .handler::<user>()
        .handler::<Entries>()
        .handler::<in_plain>()
        .handler::<at_plain>()
        .handler::<root>()
        .handler::<bare>()
        .state(Log::default())
}

/// A client, and what ran so far.
async fn run(client: &TestClient, path: &str, user: Option<&str>) -> (u16, String, Vec<&'static str>) {
    let mut call = client.get(path);
    if let Some(user) = user {
        call = call.header("x-user", user);
    }
    let answer = call.await.expect("an answer");
    client.finished().await;
    (answer.status().as_u16(), answer.text().expect("text").to_owned(), log(client))
}

fn log(client: &TestClient) -> Vec<&'static str> {
    client.state::<Log>().expect("the log").take()
}

#[tokio::test]
async fn prefixes_nest_and_links_know_them() {
    assert_eq!(user { id: 7 }.url(), "/admin/users/7");
    assert_eq!(Entries { page: Some(2) }.url(), "/admin/audit?page=2");
    assert_eq!(in_plain {}.url(), "/plain/a");
    assert_eq!(at_plain {}.url(), "/plain");
    assert_eq!(root {}.url(), "/");
    assert_eq!(bare {}.url(), "/bare");
    let client = TestClient::new(app());
    for (path, want) in [("/plain/a", "plain"), ("/plain", "plain itself"), ("/", "root"), ("/bare", "bare")] {
        assert_eq!(run(&client, path, None).await, (200, want.to_owned(), vec![]), "{path}");
    }
    for path in ["/plain/", "/users/7", "/audit", "/admin"] {
        assert_eq!(run(&client, path, None).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn hooks_run_around_the_handler_in_order() {
    let client = TestClient::new(app());
    let (status, text, ran) = run(&client, "/admin/users/7", Some("ann")).await;
    assert_eq!((status, text.as_str()), (200, "7 for ann"));
    assert_eq!(ran, ["admin prepare", "admin second", "user", "admin finish 200"]);

    let (status, text, ran) = run(&client, "/admin/audit?page=3", Some("ann")).await;
    assert_eq!((status, text.as_str()), (200, "3"));
    let want = [
        "admin prepare",
        "admin second",
        "audit prepare",
        "entries prepare",
        "entries list",
        "entries finish",
        "audit finish",
        "admin finish 200",
    ];
    assert_eq!(ran, want);
}

#[tokio::test]
async fn a_prepare_may_answer() {
    let client = TestClient::new(app());
    let (status, _, ran) = run(&client, "/admin/users/7", None).await;
    assert_eq!((status, ran.as_slice()), (401, ["admin prepare", "admin finish"].as_slice()));

    let answer = client.get(user { id: 7 }).header("x-user", "guest").await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (303, "/welcome"));
    client.finished().await;
    assert_eq!(log(&client), ["admin prepare", "admin second", "admin finish"]);

    let (status, _, ran) = run(&client, "/admin/audit?page=0", Some("ann")).await;
    assert_eq!(status, 404);
    let want = ["admin prepare", "admin second", "audit prepare", "entries prepare", "entries finish", "audit finish"];
    assert_eq!(ran, [want.as_slice(), &["admin finish"]].concat());
}

#[tokio::test]
async fn scopes_come_before_inputs_and_inputs_before_the_handlers_hooks() {
    let client = TestClient::new(app());
    // Nobody learns what is wrong with an input before the scope has let them in.
    assert_eq!(run(&client, "/admin/users/x", None).await.0, 401);
    assert_eq!(run(&client, "/admin/users/x", Some("ann")).await.0, 400);
    let (status, _, ran) = run(&client, "/admin/audit?page=x", Some("ann")).await;
    assert_eq!(status, 400);
    assert_eq!(ran, ["admin prepare", "admin second", "audit prepare", "audit finish", "admin finish"]);
}

#[tokio::test]
async fn the_verb_reads_the_body_after_the_hooks() {
    let client = TestClient::new(app());
    let answer = client.post(Entries { page: None }).header("x-user", "ann").body("entry").await.expect("an answer");
    assert_eq!(answer.status(), 204);
    client.finished().await;
    assert_eq!(log(&client)[3..5], ["entries prepare", "entries add"]);
}

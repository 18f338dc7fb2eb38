//! The hooks of start and stop, state made at the start, and what runs beside the requests.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use squall::testing::TestClient;
use squall::{AppHandle, Application, Background, State, StatusCode, every, get, post};
use squall_tests::{Server, Stage, within};

struct Pool(&'static str);

#[get("/pool")]
async fn pool(pool: State<Pool>) -> &'static str {
    pool.0
}

#[get("/ready")]
async fn ready(stage: State<Stage>) -> &'static str {
    stage.tell("a request");
    "ready"
}

#[post("/work")]
async fn work(background: Background, stage: State<Stage>) -> StatusCode {
    let stage = stage.clone();
    background.spawn(async move {
        let _leaving = stage.tell_on_drop("work ended");
        stage.tell("work begun");
        std::future::pending::<()>().await;
    });
    StatusCode::ACCEPTED
}

#[every("20ms")]
async fn tick(ticks: State<AtomicU32>) -> Result<(), String> {
    match ticks.fetch_add(1, Ordering::Relaxed) {
        0 => Err("the first fails".into()),
        1 => panic!("the second panics"),
        _ => Ok(()),
    }
}

/// Everything of this package, so that `tick` runs.
fn whole(stage: Stage) -> Application {
    Application::from(squall::routes!()).state(Pool("given")).state(stage).state(AtomicU32::new(0))
}

/// Single handlers: nothing runs again and again.
fn some(stage: Stage) -> Application {
    Application::empty().handler::<ready>().handler::<work>().state(stage)
}

#[tokio::test]
async fn hooks_run_before_the_first_request_and_after_the_last() {
    let (stage, mut events) = Stage::new();
    let tell = |what: &'static str| {
        let stage = stage.clone();
        async move |_: AppHandle| -> Result<(), std::io::Error> {
            stage.tell(what);
            Ok(())
        }
    };
    let app = some(stage.clone())
        .on_start(tell("start 1"))
        .on_start(tell("start 2"))
        .on_stop(tell("stop 1"))
        .on_stop(tell("stop 2"));
    let mut server = Server::start(app).await;
    assert_eq!(server.ask("GET", "/ready").await.status, 200);
    server.stop();
    server.ended().await;
    for want in ["start 1", "start 2", "a request", "stop 2", "stop 1"] {
        assert_eq!(events.next().await, want);
    }
    assert_eq!(events.waiting(), None);
}

#[tokio::test]
async fn the_check_runs_no_hook() {
    let app = some(Stage::new().0).on_start(async |_| -> Result<(), std::io::Error> { panic!("it must not run") });
    assert!(app.check().is_ok());
}

#[tokio::test]
async fn state_is_made_at_the_start_once() {
    let (stage, mut events) = Stage::new();
    let (at_start, at_hook) = (stage.clone(), stage.clone());
    let app = Application::empty()
        .handler::<pool>()
        .state_at_start(async move |_| {
            at_start.tell("made");
            Ok::<_, std::io::Error>(Pool("made"))
        })
        .on_start(async move |app: AppHandle| {
            at_hook.tell(app.state::<Pool>().map_or("no pool", |pool| pool.0));
            Ok::<_, std::io::Error>(())
        });
    let client = TestClient::new(app);
    let both = async { tokio::join!(client.get(pool {}).into_future(), client.get(pool {}).into_future()) };
    let (one, two) = both.await;
    for answer in [one, two] {
        assert_eq!(answer.expect("an answer").text().expect("text"), "made");
    }
    assert_eq!((events.next().await, events.next().await, events.waiting()), ("made", "made", None));
}

#[tokio::test]
async fn a_start_that_fails_ends_the_program() {
    let (stage, mut events) = Stage::new();
    let app = some(stage.clone()).on_start(async |_| Err(std::io::Error::other("no database"))).on_start(
        async move |_| -> Result<(), std::io::Error> {
            stage.tell("too far");
            Ok(())
        },
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let error = app.serve(listener, std::future::pending()).await.expect_err("a fault");
    assert!(error.is_start());
    assert_eq!(error.to_string(), "a hook of the start failed: no database");
    assert_eq!(events.waiting(), None);
}

#[tokio::test]
async fn a_hook_that_panics_ends_alone() {
    let (stage, mut events) = Stage::new();
    let tell = |what: &'static str| {
        let stage = stage.clone();
        async move |_: AppHandle| -> Result<(), std::io::Error> {
            stage.tell(what);
            Ok(())
        }
    };
    let app = some(stage.clone())
        .on_start(async |_| -> Result<(), std::io::Error> { panic!("on purpose") })
        .on_start(tell("too far"))
        .on_stop(tell("stop 1"))
        .on_stop(async |_| -> Result<(), std::io::Error> { panic!("on purpose") });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let error = app.serve(listener, std::future::pending()).await.expect_err("a fault");
    assert!(error.is_start());
    assert_eq!(error.to_string(), "a hook of the start failed: it panicked: on purpose");
    assert_eq!((events.next().await, events.waiting()), ("stop 1", None), "what was begun is taken down again");
}

#[tokio::test]
async fn a_start_has_a_deadline() {
    let app = some(Stage::new().0)
        .start_deadline(Duration::from_millis(20))
        .on_start(async |_| -> Result<(), std::io::Error> { std::future::pending().await });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let error = app.serve(listener, std::future::pending()).await.expect_err("a fault");
    assert!(error.is_start() && error.to_string().contains("took longer"), "{error}");
}

#[tokio::test]
async fn a_stop_has_a_deadline() {
    let (stage, mut events) = Stage::new();
    let app = some(stage.clone()).stop_deadline(Duration::from_millis(20)).on_stop(
        async move |_| -> Result<(), std::io::Error> {
            stage.tell("stopping");
            std::future::pending().await
        },
    );
    let mut server = Server::start(app).await;
    assert_eq!(server.ask("GET", "/ready").await.status, 200);
    server.stop();
    server.ended().await;
    assert_eq!((events.next().await, events.next().await), ("a request", "stopping"));
}

#[tokio::test]
async fn background_work_outlives_its_request_and_ends_with_the_application() {
    let (stage, mut events) = Stage::new();
    let mut server = Server::start(some(stage)).await;
    let mut wire = server.connect().await;
    assert_eq!(wire.ask("POST", "/work", "content-length: 0\r\n").await.status, 202);
    drop(wire);
    assert_eq!(events.next().await, "work begun");
    assert_eq!(server.ask("GET", "/ready").await.status, 200);
    assert_eq!(events.next().await, "a request");
    server.stop();
    server.ended().await;
    assert_eq!(events.waiting(), Some("work ended"));
}

#[get("/until")]
async fn until(background: Background, stage: State<Stage>) -> &'static str {
    stage.tell("waiting");
    background.stopping().await;
    "stopping"
}

/// A stream of events without an end would otherwise hold the stop.
#[tokio::test]
async fn a_request_learns_of_the_stop_and_ends() {
    let (stage, mut events) = Stage::new();
    let mut server = Server::start(Application::empty().handler::<until>().state(stage)).await;
    let mut wire = server.connect().await;
    wire.send("GET /until HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(events.next().await, "waiting");
    server.stop();
    assert_eq!(wire.reply().await.text(), "stopping");
    server.ended().await;
}

#[tokio::test]
async fn what_runs_again_survives_an_error_and_a_panic() {
    let (stage, _events) = Stage::new();
    let client = TestClient::new(whole(stage));
    assert_eq!(client.get(pool {}).await.expect("an answer").text().expect("text"), "given");
    let ticks = client.state::<AtomicU32>().expect("the ticks");
    within("three ticks", async {
        while ticks.load(Ordering::Relaxed) < 4 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    client.stop().await;
    let last = ticks.load(Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(ticks.load(Ordering::Relaxed), last);
}

#[test]
fn state_that_a_task_needs_is_checked() {
    let app = Application::from(squall::routes!()).state(Pool("given")).state(Stage::new().0);
    let report = app.check().expect_err("a report").to_string();
    assert!(report.contains("AtomicU32") && report.contains("lifecycle.rs:"), "{report}");
    assert!(report.contains("tick"), "{report}");
}

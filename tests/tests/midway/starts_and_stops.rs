//! A start that is left or fails, and a stop whose hooks fail.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use squall::testing::TestClient;
use squall::{Application, Background, Body, State, StatusCode, get, handler, http, post};
use squall_tests::{Stage, within};
use tower_service::Service as _;

use super::named;

#[get("/made")]
async fn made(made: State<&'static str>) -> &'static str {
    *made
}

#[tokio::test]
async fn a_start_whose_first_request_leaves_goes_on_with_the_next() {
    let gate = Arc::new(tokio::sync::Notify::new());
    let wait = Arc::clone(&gate);
    let app = Application::empty().handler::<made>().state_at_start(async move |_| {
        wait.notified().await;
        Ok::<_, Infallible>("made")
    });
    let mut service = app.into_service().expect("a service");
    let request = || http::Request::get("/made").body(Body::empty()).expect("a request");
    let first = service.call(request());
    assert!(tokio::time::timeout(Duration::from_millis(20), first).await.is_err());
    gate.notify_one();
    let Ok(answer) = within("an answer", service.call(request())).await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_start_that_panics_has_failed_for_all() {
    let app = Application::empty()
        .handler::<named>()
        .on_start(async |_| -> Result<(), Infallible> { panic!("the start panics") });
    let mut service = app.into_service().expect("a service");
    for _ in 0..2 {
        let request = http::Request::get("/x").body(Body::empty()).expect("a request");
        let call = service.call(request);
        let answer = tokio::spawn(call).await.expect("no panic comes out").expect("an answer");
        assert_eq!(answer.status(), 500);
    }
}

#[tokio::test]
async fn a_start_that_fails_takes_down_what_was_begun() {
    let (stage, mut events) = Stage::new();
    let app = Application::empty()
        .handler::<named>()
        .on_start(async |_| Err(std::io::Error::other("no database")))
        .on_stop(async move |_| -> Result<(), Infallible> {
            stage.tell("stopped");
            Ok(())
        });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    assert!(app.serve(listener, std::future::pending()).await.is_err());
    assert_eq!(events.waiting(), Some("stopped"));
}

static IS_FINISHED: AtomicBool = AtomicBool::new(false);

#[handler("/slow-finish")]
struct SlowFinish;

#[handler]
impl SlowFinish {
    #[get]
    async fn show(&self) -> &'static str {
        "hello"
    }

    #[finish]
    async fn done(&self) {
        tokio::time::sleep(Duration::from_millis(30)).await;
        IS_FINISHED.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn the_stop_of_a_client_waits_for_finishes_as_that_of_a_program_does() {
    let client = TestClient::new(Application::empty().handler::<SlowFinish>().on_stop(async |_| {
        assert!(IS_FINISHED.load(Ordering::SeqCst), "the finish comes before");
        Ok::<_, Infallible>(())
    }));
    assert_eq!(client.get(SlowFinish).await.expect("an answer").status(), 200);
    client.stop().await;
    assert!(IS_FINISHED.load(Ordering::SeqCst));
}

#[post("/hang")]
async fn hang(background: Background) -> StatusCode {
    background.spawn_until_done(std::future::pending());
    StatusCode::ACCEPTED
}

#[tokio::test]
async fn a_task_that_hangs_and_a_hook_that_panics_leave_the_other_hooks_of_the_stop() {
    let (stage, mut events) = Stage::new();
    let client = TestClient::new(
        Application::empty()
            .handler::<hang>()
            .stop_deadline(Duration::from_millis(40))
            .on_stop(async move |_| -> Result<(), Infallible> {
                stage.tell("flushed");
                Ok(())
            })
            .on_stop(async |_| -> Result<(), Infallible> { panic!("the hook panics") }),
    );
    assert_eq!(client.post(hang {}).await.expect("an answer").status(), 202);
    within("the stop", client.stop()).await;
    assert_eq!(events.waiting(), Some("flushed"));
}

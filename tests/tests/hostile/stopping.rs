//! Work that does not want to end when the application does, and state that cannot be made.

use std::time::Duration;

use squall::{AppHandle, Application, Background, State, every, post};
use squall_tests::{Server, Stage};

/// Served by `squall::routes!()` alone, as everything else in this program is taken by name.
#[every("1ms")]
async fn forever(stage: State<Stage>) {
    let _leaving = stage.tell_on_drop("forever left");
    stage.tell("forever begun");
    std::future::pending::<()>().await;
}

/// Begins work before and after the stop was asked for.
#[post("/works", register = false)]
async fn works(background: Background, stage: State<Stage>) -> &'static str {
    let (before, after) = (stage.clone(), stage.clone());
    background.spawn(async move {
        let _leaving = before.tell_on_drop("before left");
        before.tell("before begun");
        std::future::pending::<()>().await;
    });
    stage.wait().await;
    background.spawn(async move {
        let _leaving = after.tell_on_drop("after left");
        std::future::pending::<()>().await;
    });
    "worked"
}

#[tokio::test]
async fn what_runs_again_and_never_ends_is_ended() {
    let (stage, mut events) = Stage::new();
    let mut server = Server::start(Application::from(squall::routes!()).handler::<works>().state(stage)).await;
    // The first connection is answered when the start is over.
    assert_eq!(server.ask("GET", "/nowhere").await.status, 404);
    assert_eq!(events.next().await, "forever begun");
    server.stop();
    server.ended().await;
    assert_eq!((events.waiting(), events.waiting()), (Some("forever left"), None), "one run at a time");
}

#[tokio::test]
async fn work_that_begins_while_it_stops_ends_with_it() {
    let (stage, mut events) = Stage::new();
    let mut server = Server::start(Application::empty().handler::<works>().state(stage.clone())).await;
    let mut wire = server.connect().await;
    wire.send("POST /works HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").await;
    assert_eq!(events.next().await, "before begun");
    server.stop();
    while tokio::net::TcpStream::connect(server.address()).await.is_ok() {
        tokio::task::yield_now().await;
    }
    stage.open(1);
    assert_eq!(wire.reply().await.text(), "worked");
    wire.closed().await;
    server.ended().await;
    let mut told = [events.next().await, events.next().await];
    told.sort_unstable();
    assert_eq!((told, events.waiting()), (["after left", "before left"], None));
}

#[tokio::test]
async fn state_that_cannot_be_made_ends_the_program_with_its_cause() {
    struct Pool;
    let (stage, mut events) = Stage::new();
    let told = stage.clone();
    let app = Application::empty()
        .handler::<works>()
        .state(stage)
        .on_start(async move |_: AppHandle| -> Result<(), std::io::Error> {
            told.tell("too far");
            Ok(())
        })
        .state_at_start(async |_| Err::<Pool, _>(std::io::Error::other("no route to the database")));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let error = app.serve(listener, std::future::pending()).await.expect_err("a fault");
    assert!(error.is_start(), "{error}");
    assert!(error.to_string().contains("Pool") && error.to_string().contains("no route to the database"), "{error}");
    assert_eq!(events.waiting(), None);
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody listens");
}

/// A hook of the start that panics is one that failed, and nobody is served by half of a start.
#[tokio::test]
async fn a_hook_of_the_start_that_panics_is_a_fault() {
    fn broken() -> Result<(), std::io::Error> {
        panic!("in a hook of the start")
    }
    let app = || Application::empty().handler::<works>().state(Stage::new().0).on_start(async |_| broken());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let error = app().serve(listener, std::future::pending()).await.expect_err("a fault");
    assert!(error.is_start() && error.to_string().contains("it panicked: in a hook of the start"), "{error}");
    let app = app().state_at_start(async |_| broken().map(|()| 7_u8));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let error = app.serve(listener, std::future::pending()).await.expect_err("a fault");
    assert!(error.is_start() && error.to_string().contains("`u8` could not be made: it panicked"), "{error}");
}

/// A hook of the stop that panics does not take the others with it.
#[tokio::test]
async fn a_hook_of_the_stop_that_panics_does_not_stop_the_others() {
    let (stage, mut events) = Stage::new();
    let told = stage.clone();
    let app = Application::empty()
        .handler::<works>()
        .state(stage)
        .stop_deadline(Duration::from_millis(200))
        .on_stop(async move |_| -> Result<(), std::io::Error> {
            told.tell("first hook");
            Ok(())
        })
        .on_stop(async |_| -> Result<(), std::io::Error> { panic!("in a hook of the stop") });
    let mut server = Server::start(app).await;
    assert_eq!(server.ask("GET", "/nowhere").await.status, 404);
    server.stop();
    server.ended().await;
    assert_eq!(events.waiting(), Some("first hook"), "what was set up first is taken down all the same");
}

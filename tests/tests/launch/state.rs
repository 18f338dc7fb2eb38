//! State that handlers need, and state that is given.

use squall::testing::TestClient;
use squall::{Application, FromRequest, Needs, Request, Routes, State, StatusCode, get, handler};

use crate::{places, report, titles};

struct Sessions;
struct Users;
struct Greeting(&'static str);

/// Needs the sessions.
struct Session;

impl FromRequest for Session {
    type Rejection = StatusCode;

    fn needs(needs: &mut Needs) {
        needs.state::<Sessions>();
    }

    async fn from_request(request: &mut Request) -> Result<Self, StatusCode> {
        let sessions = State::<Sessions>::from_request(request).await;
        sessions.map(|_| Self).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Needs a session, and the users.
struct User;

impl FromRequest for User {
    type Rejection = StatusCode;

    fn needs(needs: &mut Needs) {
        Session::needs(needs);
        State::<Users>::needs(needs);
    }

    async fn from_request(request: &mut Request) -> Result<Self, StatusCode> {
        Session::from_request(request).await.map(|_| Self)
    }
}

#[get("/plain", register = false)]
async fn plain(_users: State<Users>) {}

#[get("/optional", register = false)]
async fn optional(_users: Option<State<Users>>) {}

#[get("/result", register = false)]
async fn result(_session: Result<Session, StatusCode>) {}

#[handler("/nested", register = false)]
struct Nested;

#[handler]
impl Nested {
    #[get]
    async fn get(&self, _user: Option<User>) {}

    #[put]
    async fn put(&self, _user: User, _again: State<Users>) {}

    #[delete]
    async fn delete(&self) {}
}

#[get("/greeting", register = false)]
async fn greeting(greeting: State<Greeting>) -> &'static str {
    greeting.0
}

#[get("/farewell", register = false)]
async fn farewell(greeting: State<Greeting>) -> &'static str {
    greeting.0
}

fn needy() -> Application {
    Application::empty().handler::<plain>().handler::<optional>().handler::<result>().handler::<Nested>()
}

#[test]
fn missing_state_is_told_with_every_handler_that_needs_it() {
    let report = report(needy());
    assert_eq!(
        titles(&report),
        [
            "no state of type `launch::state::Sessions` is given, and handlers need it",
            "no state of type `launch::state::Users` is given, and handlers need it",
        ]
    );
    let of = |what: &str| format!("tests/tests/launch/state.rs {what}");
    assert_eq!(
        places(&report),
        [
            of("GET /result in result"),
            of("GET /nested in Nested::get"),
            of("PUT /nested in Nested::put"),
            of("GET /plain in plain"),
            of("GET /optional in optional"),
            of("GET /nested in Nested::get"),
            of("PUT /nested in Nested::put"),
        ]
    );
    assert!(report.contains("help: give the application a value of this type: `.state(..)`"), "{report}");
}

#[test]
fn what_is_given_is_not_missing() {
    needy().state(Users).state(Sessions).check().expect("both are given");
    assert_eq!(titles(&report(needy().state(Users))).len(), 1);
}

#[test]
fn the_state_of_a_mount_is_not_the_applications() {
    let mounted = || Routes::empty().handler::<greeting>().state(Greeting("mount"));
    Application::empty().mount("/a", mounted()).check().expect("its own state");
    let report = report(Application::empty().handler::<farewell>().mount("/a", mounted()));
    assert_eq!(places(&report), ["tests/tests/launch/state.rs GET /farewell in farewell"]);
}

#[test]
fn two_values_of_one_type_are_shown_with_both_places() {
    let twice = Application::empty().handler::<greeting>().state(Greeting("a")).state(Greeting("b"));
    let report = report(twice);
    assert_eq!(titles(&report), ["state of type `launch::state::Greeting` is given 2 times"]);
    assert_eq!(places(&report).len(), 2, "{report}");
    assert!(report.contains("`.replace_state(..)`"), "{report}");
}

#[test]
fn two_values_of_one_type_in_a_mount_are_a_fault_too() {
    let routes = Routes::empty().handler::<greeting>().state(Greeting("a")).state(Greeting("b"));
    let report = report(Application::empty().mount("/a", routes));
    assert_eq!(titles(&report), ["state of type `launch::state::Greeting` is given 2 times"]);
    // One in the mount and one in the application are not the same place to look.
    let routes = Routes::empty().handler::<greeting>().state(Greeting("a"));
    Application::empty().mount("/a", routes).state(Greeting("b")).check().expect("the mount's own comes first");
}

#[tokio::test]
async fn a_test_replaces_what_was_given() -> squall::Result<()> {
    let given = || Application::empty().handler::<greeting>().state(Greeting("real"));
    let client = TestClient::new(given().replace_state(Greeting("test")));
    assert_eq!(client.get("/greeting").await?.text()?, "test");
    // There need be nothing to replace.
    let client = TestClient::new(Application::empty().handler::<greeting>().replace_state(Greeting("new")));
    assert_eq!(client.get("/greeting").await?.text()?, "new");
    Ok(())
}

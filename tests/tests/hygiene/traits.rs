//! A user's traits in scope, with methods called like those that generated code uses, on every type there is.

#![allow(dead_code, reason = "that the traits are in scope is the test")]

use squall::testing::TestClient;
use squall::{Application, State, get, handler};

/// Methods that take `self` by value win over others by reference, unless generated code names what it means.
#[allow(clippy::wrong_self_convention, reason = "by value is what makes them win")]
trait Everything: Sized {
    fn at(self) -> u8 {
        0
    }
    fn read(self) -> u8 {
        0
    }
    fn write(self) -> u8 {
        0
    }
    fn check(self) -> u8 {
        0
    }
    fn write_link(self) -> u8 {
        0
    }
    fn faults(self) -> u8 {
        0
    }
    fn refused(self) -> bool {
        true
    }
    fn refuse(self) -> u8 {
        0
    }
    fn keep(self) -> u8 {
        0
    }
    fn is_empty(self) -> bool {
        true
    }
    fn literal(self) -> u8 {
        0
    }
    fn segment(self) -> u8 {
        0
    }
    fn tail(self) -> u8 {
        0
    }
    fn query(self) -> u8 {
        0
    }
    fn header(self) -> u8 {
        0
    }
    fn cookie(self) -> u8 {
        0
    }
    fn uri(self) -> u8 {
        0
    }
    fn into_response(self) -> u8 {
        0
    }
    fn extract(self) -> u8 {
        0
    }
    fn state(self) -> u8 {
        0
    }
}

impl<T> Everything for T {}

/// Called like the methods of a handler struct itself.
trait Linked {
    fn url(&self) -> &'static str;
    fn try_url(&self) -> &'static str;
}

#[handler("/traits/{id}/{*rest}")]
struct Item {
    id: u8,
    rest: String,
    #[query(default = 1, range = 1..=5)]
    limit: u8,
    #[header]
    language: Option<String>,
    #[cookie]
    theme: Option<String>,
}

impl Linked for Item {
    fn url(&self) -> &'static str {
        "not this"
    }

    fn try_url(&self) -> &'static str {
        "nor this"
    }
}

#[handler]
impl Item {
    #[get]
    async fn show(&self, state: State<u8>, again: Option<State<u8>>) -> String {
        format!("{} {} {} {}", self.id, self.rest, self.limit, *state + again.map_or(0, |state| *state))
    }

    #[put(detached)]
    async fn put(self, body: String) -> String {
        body
    }
}

#[get("/traits")]
async fn list(#[query] page: Option<u8>, state: State<u8>) -> String {
    format!("{page:?} {}", *state)
}

#[tokio::test]
async fn traits_of_the_user_are_never_called() -> squall::Result<()> {
    let client = TestClient::new(Application::empty().handler::<Item>().handler::<list>().state(1_u8));
    assert_eq!(client.get(Item::at(7, "a/b".into())).await?.text()?, "7 a/b 1 2");
    assert_eq!(client.put(Item::at(7, "a".into())).body("body").await?.text()?, "body");
    assert_eq!(client.get(list { page: None }).await?.text()?, "None 1");
    assert_eq!(client.get("/traits/x/y?limit=9").await?.status(), 400);
    let item = Item::at(7, "a".into());
    assert_eq!(item.url(), "/traits/7/a");
    assert_eq!(Linked::url(&item), "not this");
    Ok(())
}

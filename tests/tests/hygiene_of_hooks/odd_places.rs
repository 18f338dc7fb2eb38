//! Scopes and hooks with raw names, conditions, attributes on all sides, private types, inside functions and in modules
//! of their own, beside traits with methods called like those of generated code.
#![allow(
    dead_code,
    non_camel_case_types,
    clippy::unused_self,
    reason = "a raw name is what it is, and that these things stand there is the test"
)]

use squall::testing::TestClient;
use squall::{Application, Extension, Json, Outcome, State, StatusCode, every, get, handler, scope};

/// Methods that take `self` by value win over others by reference, unless generated code names what it means.
trait Everything: Sized {
    fn prepared(self) -> u8 {
        0
    }
    fn provides(self) -> u8 {
        0
    }
    fn seen(self) -> u8 {
        0
    }
    fn ran(self) -> u8 {
        0
    }
    fn read(self) -> u8 {
        0
    }
    fn extract(self) -> u8 {
        0
    }
    fn refused(self) -> bool {
        true
    }
    fn faults(self) -> u8 {
        0
    }
    fn body(self) -> u8 {
        0
    }
    fn timeout(self) -> u8 {
        0
    }
    fn is_some(self) -> bool {
        false
    }
    fn scope() -> u8 {
        0
    }
    fn needs() -> u8 {
        0
    }
}

impl<T> Everything for T {}

/// The word `scope` above, an `allow` and a condition below.
#[allow(clippy::module_name_repetitions, reason = "above")]
#[scope("/odd", timeout = "1h", body = "1KiB")]
#[cfg(not(miri))]
#[derive(Clone, Debug, PartialEq)]
struct r#struct {
    /// A keyword.
    #[header("x-type")]
    r#type: Option<String>,
    #[query]
    #[cfg(not(miri))]
    r#match: Option<u8>,
    #[cfg(not(miri))]
    #[query(default = 1, range = 1..=9)]
    r#loop: u8,
    #[cookie(default = "light", pattern = "^[a-z]+$", length = 1..=9)]
    theme: String,
    #[cfg(any())]
    #[query(default = Gone::new(), pattern = "x")]
    gone_too: Gone,
    #[cfg(any())]
    #[query]
    gone: Gone,
}

mod secret {
    /// Nobody outside can name it.
    #[derive(Clone)]
    pub(super) struct Token(pub(super) u8);
}

use secret::Token;

#[allow(clippy::needless_pass_by_value, reason = "above")]
#[scope]
#[allow(clippy::unused_async, reason = "below")]
impl r#struct {
    /// A raw name, a pattern, a private type.
    #[prepare]
    async fn r#match(&self, r#loop: State<u8>) -> Result<Token, StatusCode> {
        Ok(Token(self.r#match.unwrap_or_default() + *r#loop))
    }

    /// `Self` in arguments and results.
    #[cfg(not(miri))]
    #[prepare]
    #[inline]
    fn own(self) -> Result<Self, <Self as Named>::Error> {
        Ok(self)
    }

    #[prepare]
    async fn same(self: &Self, Extension(own): Extension<Self>, #[cfg(any())] gone: Gone) -> Result<(), StatusCode> {
        if own == *self { Ok(()) } else { Err(StatusCode::INTERNAL_SERVER_ERROR) }
    }

    #[cfg(any())]
    #[prepare]
    async fn gone(&self, gone: Gone) -> Gone {
        gone
    }

    #[deprecated]
    #[finish]
    async fn old(
        &self,
        r#ref: &Outcome,
        #[cfg(not(miri))] Extension(Token(_)): Extension<Token>,
        _: Option<State<u16>>,
    ) {
        let _ = r#ref.status();
    }

    #[cfg(any())]
    #[finish]
    fn gone_in_the_end(&self, outcome: &Gone) {}

    #[finish]
    async fn first_and_last(self: Self, _: State<u8>, _outcome: &Outcome, _: Option<Extension<Self>>) {}

    const NAME: &'static str = "odd";

    fn other(&self) -> &'static str {
        Self::NAME
    }
}

trait Named {
    type Error;
}

impl Named for r#struct {
    type Error = StatusCode;
}

#[get("/{type}", in = r#struct)]
async fn r#fn(r#type: String, Extension(Token(r#loop)): Extension<Token>) -> String {
    format!("{type} {loop}")
}

/// Everything of it is old.
#[deprecated]
#[scope("/old")]
struct Old {
    #[deprecated]
    #[query]
    page: Option<u8>,
}

#[allow(deprecated, reason = "an impl names its struct")]
#[scope]
impl Old {
    #[deprecated]
    #[prepare]
    fn known(&self) {}
}

/// Handlers of which nothing but hooks is conditional.
#[handler("/odd-hooks/{id}")]
struct Item {
    id: u8,
}

#[handler]
impl Item {
    #[cfg(any())]
    #[prepare]
    async fn gone(&self) -> Gone {}

    #[get]
    async fn show(&self) -> Json<u8> {
        Json(self.id)
    }

    #[cfg(any())]
    #[finish]
    async fn over(&self, outcome: &Gone) {}
}

/// Inside a function, where no module is named after it.
fn local() -> Application {
    #[scope("/odd-local")]
    struct Local;

    #[scope]
    impl Local {
        #[prepare]
        async fn known(&self) -> Result<u8, StatusCode> {
            Ok(7)
        }
    }

    #[get("/number", in = Local)]
    async fn local(Extension(number): Extension<u8>) -> String {
        number.to_string()
    }

    #[every("1h")]
    async fn clean() {}

    Application::empty().handler::<local>()
}

/// The impl stands elsewhere than the struct, and both elsewhere than the handler.
mod apart {
    pub(super) mod declared {
        #[squall::scope("/odd-apart", in = self::outer::Outer)]
        pub(in super::super) struct Area;

        mod outer {
            #[squall::scope("/", timeout = "1h")]
            pub(in super::super) struct Outer;
        }
    }

    #[squall::scope]
    impl declared::Area {
        #[prepare]
        pub(super) async fn known(&self) -> Result<i64, squall::StatusCode> {
            Ok(-7)
        }
    }
}

#[get("/number", in = apart::declared::Area)]
async fn number(Extension(number): Extension<i64>) -> String {
    number.to_string()
}

/// In conditions, with raw names, with patterns.
#[cfg(any())]
#[every("1h")]
async fn gone(gone: Gone) {}

#[every("1h")]
#[cfg(any())]
async fn gone_below(gone: Gone) {}

#[deprecated]
#[every("1h")]
async fn r#while(r#loop: State<u8>, #[cfg(any())] gone: Gone, #[cfg(not(miri))] _: Option<State<u16>>) {
    let _ = r#loop;
}

#[tokio::test]
async fn hooks_may_stand_in_odd_places() -> squall::Result<()> {
    let application =
        Application::empty().handler::<r#fn>().handler::<Item>().handler::<number>().state(1_u8).state(1_u16);
    let client = TestClient::new(application);
    let link = r#fn { r#type: "x".into() };
    assert_eq!(link.url(), "/odd/x");
    assert_eq!(client.get("/odd/x?match=2").await?.text()?, "x 3");
    assert_eq!(client.get("/odd/x?match=y").await?.status(), 400);
    assert_eq!(client.get("/odd/x?loop=10").await?.status(), 422);
    assert_eq!(client.get("/odd/x").header("cookie", "theme=1").await?.status(), 422);
    assert_eq!(client.get(Item::at(7)).await?.text()?, "7");
    assert_eq!(client.get(number {}).await?.text()?, "-7");
    Ok(())
}

#[tokio::test]
async fn a_scope_may_stand_in_a_function() -> squall::Result<()> {
    assert_eq!(TestClient::new(local()).get("/odd-local/number").await?.text()?, "7");
    Ok(())
}

/// A handler that also runs by itself, in both orders.
#[every("1h")]
#[get("/odd-every/above")]
async fn above(_: Option<State<u8>>) {}

#[get("/odd-every/below")]
#[every("1h")]
async fn below(_: Option<State<u8>>) {}

#[tokio::test]
async fn a_handler_may_run_by_itself() -> squall::Result<()> {
    let client = TestClient::new(Application::empty().handler::<above>().handler::<below>().state(1_u8));
    assert_eq!(client.get(above {}).await?.status(), 200);
    assert_eq!(client.get(below {}).await?.status(), 200);
    Ok(())
}

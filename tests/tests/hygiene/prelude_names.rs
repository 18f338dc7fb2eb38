//! Handlers and items called like what every Rust program knows.

#![allow(dead_code, non_camel_case_types, reason = "that the names stand there is the test")]

use squall::testing::TestClient;
use squall::{Application, get, handler, post};

/// Handler structs called like prelude types.
mod structs {
    use super::{get, handler};

    macro_rules! handlers {
        ($($path:literal $name:ident;)*) => {$(
            #[handler($path)]
            pub(super) struct $name {
                #[query(default = 1, range = 0..=9)]
                pub(super) number: u8,
            }

            #[handler]
            impl $name {
                #[get]
                async fn name(&self) -> &'static str {
                    stringify!($name)
                }
            }
        )*};
    }

    handlers! {
        "/names/option" Option;
        "/names/result" Result;
        "/names/string" String;
        "/names/vec" Vec;
        "/names/box" Box;
        "/names/default" Default;
        "/names/some" Some;
        "/names/ok" Ok;
        "/names/send" Send;
        "/names/clone" Clone;
        "/names/from" From;
        "/names/fn" FnMut;
        "/names/request" Request;
        "/names/handler" Handler;
    }

    /// A function among them.
    #[get("/names/none")]
    pub(super) async fn none() -> &'static str {
        "none"
    }
}

/// Functions called like functions, macros and modules of the prelude.
mod functions {
    use super::{get, post};

    #[get("/names/drop")]
    pub(super) async fn drop() -> &'static str {
        "drop"
    }

    #[post("/names/drop")]
    pub(super) async fn panic(#[query] panic: Option<u8>) -> String {
        format!("panic {panic:?}")
    }

    #[get("/names/functions/vec/{vec}")]
    pub(super) async fn vec(vec: u8) -> String {
        vec.to_string()
    }

    #[get("/names/functions/env")]
    pub(super) async fn env() -> &'static str {
        "env"
    }

    #[get("/names/functions/module_path")]
    pub(super) fn module_path() -> &'static str {
        "module_path"
    }

    #[get("/names/functions/main")]
    pub(super) async fn main() -> &'static str {
        "main"
    }

    #[get("/names/functions/get", name = Get)]
    pub(super) async fn handler() -> &'static str {
        "handler"
    }
}

/// Primitive names that mean something else.
mod primitives {
    use super::{get, handler};

    struct str;
    struct bool;
    struct usize;
    struct u8;
    struct u32;

    #[handler("/names/primitives/{id}")]
    pub(super) struct Primitives {
        pub(super) id: core::primitive::u8,
        #[query(default = 3, range = 1..=5)]
        pub(super) limit: core::primitive::u32,
        #[query(default = "x", length = 1..)]
        pub(super) text: String,
        #[query]
        pub(super) flag: Option<core::primitive::bool>,
    }

    #[handler]
    impl Primitives {
        #[get]
        async fn show(&self) -> String {
            format!("{} {} {} {:?}", self.id, self.limit, self.text, self.flag)
        }
    }

    #[derive(squall::Param)]
    pub(super) enum Order {
        Up,
    }

    #[get("/names/primitives")]
    pub(super) async fn list(#[query] order: Order) -> &'static core::primitive::str {
        match order {
            Order::Up => "up",
        }
    }
}

/// Types that hide those of the prelude, in a module with handlers of other names.
mod hidden {
    use super::{get, handler};

    type Result<T> = core::result::Result<T, squall::StatusCode>;
    struct Option;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct String;
    struct Vec;
    struct Box;
    trait Default {}
    trait FnMut {}
    trait Send {}
    trait From {}
    trait Into {}
    trait Clone {}

    #[allow(unused_macros, reason = "that it stands there is the test")]
    macro_rules! env {
        () => {};
    }
    #[allow(unused_macros, reason = "that it stands there is the test")]
    macro_rules! module_path {
        () => {};
    }

    #[handler("/names/hidden/{id}")]
    pub(super) struct Hidden {
        pub(super) id: u8,
        #[query(default = 1, range = 1..=2)]
        pub(super) limit: u8,
        #[header]
        pub(super) language: core::option::Option<std::string::String>,
        #[query]
        pub(super) tag: std::vec::Vec<u8>,
    }

    #[handler]
    impl Hidden {
        #[get]
        async fn show(&self) -> Result<squall::Json<u8>> {
            core::result::Result::Ok(squall::Json(self.id))
        }
    }

    #[get("/names/hidden")]
    pub(super) async fn function(body: core::option::Option<squall::State<u8>>) -> Result<&'static str> {
        match body {
            core::option::Option::Some(_) => core::result::Result::Err(squall::StatusCode::CONFLICT),
            core::option::Option::None => core::result::Result::Ok("hidden"),
        }
    }
}

/// Every handler of this program, and what they need.
fn everything() -> Application {
    Application::from(squall::routes!()).state(1_u8).state(1_u64)
}

#[tokio::test]
async fn handlers_may_be_called_like_prelude_items() -> squall::Result<()> {
    let client = TestClient::new(everything());
    for name in ["Option", "Result", "String", "Vec", "Box", "Default", "Some", "Ok", "Send", "Clone"] {
        assert_eq!(client.get(format!("/names/{}", name.to_lowercase())).await?.text()?, name);
    }
    assert_eq!(client.get(structs::Option::at()).await?.text()?, "Option");
    assert_eq!(client.get(structs::Result { number: 2 }).await?.text()?, "Result");
    assert_eq!(client.get("/names/option?number=10").await?.status(), 422);
    assert_eq!(client.get(structs::none {}).await?.text()?, "none");
    Ok(())
}

#[tokio::test]
async fn functions_may_be_called_like_prelude_items() -> squall::Result<()> {
    let client = TestClient::new(everything());
    assert_eq!(client.get(functions::drop {}).await?.text()?, "drop");
    assert_eq!(client.post(functions::panic { panic: Some(1) }).await?.text()?, "panic Some(1)");
    assert_eq!(client.get(functions::vec { vec: 7 }).await?.text()?, "7");
    assert_eq!(client.get(functions::env {}).await?.text()?, "env");
    assert_eq!(client.get(functions::module_path {}).await?.text()?, "module_path");
    assert_eq!(client.get(functions::main {}).await?.text()?, "main");
    assert_eq!(client.get(functions::Get {}).await?.text()?, "handler");
    Ok(())
}

#[tokio::test]
async fn primitive_names_may_mean_something_else() -> squall::Result<()> {
    let client =
        TestClient::new(Application::empty().handler::<primitives::Primitives>().handler::<primitives::list>());
    assert_eq!(client.get(primitives::Primitives::at(7)).await?.text()?, "7 3 x None");
    assert_eq!(client.get(primitives::list { order: primitives::Order::Up }).await?.text()?, "up");
    Ok(())
}

#[tokio::test]
async fn types_of_the_prelude_may_be_hidden() -> squall::Result<()> {
    let client = TestClient::new(everything());
    assert_eq!(client.get(hidden::Hidden::at(7)).await?.json()?, 7);
    assert_eq!(client.get(hidden::function {}).await?.status(), 409);
    Ok(())
}

//! A user's constants, statics and functions called like variables of generated code.

#![allow(dead_code, non_upper_case_globals, reason = "that the names stand there is the test")]

use squall::testing::TestClient;
use squall::{Application, Json, State, get, handler};

const needs: u8 = 1;
const built: u8 = 1;
const outside: u32 = 100;
const measure: usize = 3;
const each: u8 = 1;
const text: u8 = 1;
const link: u8 = 1;
const put: u8 = 1;
const claimed: u8 = 1;
const package: u8 = 1;
static request: u8 = 1;
static faults: u8 = 1;
static gather: u8 = 1;
static this: u8 = 1;
static result: u8 = 1;
static read: u8 = 1;
static absent: u8 = 1;
static write: u8 = 1;

/// A unit struct is a pattern, too.
#[allow(non_camel_case_types, reason = "that the name stands there is the test")]
struct default;

#[derive(squall::Param)]
enum Order {
    Up,
}

#[handler("/variables/{id}")]
struct Item {
    id: u8,
    #[query(default = 20, range = 1..=outside)]
    limit: u32,
    #[query(default = "a", length = 1..=measure)]
    name: String,
    #[query(default = Order::Up)]
    order: Order,
    #[query]
    tag: Vec<String>,
    #[header]
    language: Option<String>,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self, state: State<u8>) -> Json<u32> {
        Json(self.limit + u32::from(*state))
    }

    #[put]
    async fn put(self, body: Json<u8>, _state: Option<State<u8>>) -> Json<u8> {
        body
    }
}

/// Arguments called like variables, by a function called like one.
#[get("/variables")]
async fn result_of(#[query] page: u8, __squall_0: State<u8>, __squall_this: Option<State<u8>>) -> String {
    format!("{page} {} {}", *__squall_0, __squall_this.is_some())
}

#[squall::app]
async fn app() -> Application {
    Application::empty().handler::<Item>().handler::<result_of>().state(1_u8)
}

mod program {
    const built: u8 = 1;

    #[squall::main(check_test = false)]
    async fn start() -> squall::Application {
        super::app().await
    }

    pub(super) const MAIN: fn() -> std::process::ExitCode = main;
}

#[tokio::test]
async fn variables_of_generated_code_meet_no_name_of_the_user() -> squall::Result<()> {
    let _ = program::MAIN;
    let client = TestClient::new(app().await);
    assert_eq!(client.get(Item::at(7)).await?.json()?, 21);
    assert_eq!(client.get("/variables/7?limit=101").await?.status(), 422);
    assert_eq!(client.get("/variables/7?name=abcd").await?.status(), 422);
    assert_eq!(client.put(Item::at(7)).body(Json(3)).await?.json()?, 3);
    assert_eq!(client.get(result_of { page: 1 }).await?.text()?, "1 1 true");
    Ok(())
}

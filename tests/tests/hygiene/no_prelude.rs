//! A module without a prelude: no `Option`, no `Vec`, no extern crate by its bare name.

#![no_implicit_prelude]

use ::squall::{Application, Json, Param, State, get, handler, post};
use ::std::clone::Clone;
use ::std::fmt::Debug;
use ::std::option::Option;
use ::std::string::{String, ToString as _};
use ::std::vec::Vec;

#[derive(Clone, Copy, Debug, Param)]
enum Order {
    Newest,
    #[param(rename = "least")]
    Cheapest,
}

#[handler("/no-prelude/{id}/{*rest}")]
#[derive(Clone, Debug)]
pub(crate) struct Item {
    #[path(range = 0..)]
    id: u64,
    rest: String,
    #[query(default = 20, range = 1..=100)]
    limit: u32,
    #[query(default = Order::Newest)]
    order: Order,
    #[query(length = ..=3, pattern = "^[a-z]*$")]
    tag: Vec<String>,
    #[header]
    x_list: Vec<u8>,
    #[header]
    accept_language: Option<String>,
    #[cookie(default = "light")]
    theme: String,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self, state: State<u64>) -> Json<(u64, u32)> {
        Json((self.id + *state, self.limit))
    }

    #[put(blocking)]
    fn put(self, body: String) -> String {
        self.rest + &body
    }

    #[post(detached)]
    async fn post(self, _state: Option<State<u64>>, body: Json<u8>) -> String {
        body.0.to_string()
    }
}

#[get("/no-prelude/{name}")]
pub(crate) async fn function(name: String, #[query] times: Option<u8>) -> String {
    let _ = times;
    name
}

#[post("/no-prelude")]
pub(crate) fn nothing() {}

pub(crate) fn cheapest() -> Item {
    Item { order: Order::Cheapest, ..Item::at(7, "a/b".to_string()) }
}

#[::squall::app]
pub(crate) fn app() -> Application {
    Application::empty().handler::<Item>().handler::<function>().handler::<nothing>().state(1_u64)
}

mod program {
    #[::squall::main(check_test = false)]
    async fn app() -> ::squall::Application {
        super::app()
    }

    #[::core::prelude::v1::test]
    fn a_program_is_made() {
        let _: fn() -> ::std::process::ExitCode = main;
    }
}

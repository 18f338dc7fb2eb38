//! Scopes, hooks and periodic functions in a module without a prelude, where everything is called like something else.

#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types, reason = "that the names stand there is the test")]

mod alloc {}
mod core {}
mod inventory {}
mod squall {}
mod std {}
mod tokio {}
mod tracing {}

use ::squall::middleware::Next;
use ::squall::{
    Application, Background, Extension, Failure, IntoResponse, Limits, Outcome, Request, Response, State, StatusCode,
    every, get, handler, scope,
};
use ::std::clone::Clone;
use ::std::fmt::Debug;
use ::std::string::ToString as _;

struct bool;
struct str;
struct u8;
struct u64;
struct usize;
struct Box;
struct Duration;
struct Err;
struct Finish;
struct Gather;
struct Hooks;
struct None;
struct Ok;
struct Option;
struct Package;
struct Periodic;
struct Prepare;
struct Result;
struct Scope;
struct Some;
struct String;
struct Vec;
trait Future {}
trait Send {}
trait Sync {}

/// The outer one.
#[scope("/hooks", timeout = "5s", body = "64KiB", limits = limits, middleware = around, layer = layer, on_error = page)]
pub(crate) struct Outer {
    #[header("x-user")]
    user: ::std::option::Option<::std::string::String>,
}

#[derive(Clone, Debug)]
struct User(::std::string::String);

#[scope]
impl Outer {
    /// Who it is.
    #[prepare]
    async fn known(self, least: State<::core::primitive::usize>) -> ::std::result::Result<User, StatusCode> {
        let user = self.user.ok_or(StatusCode::UNAUTHORIZED)?;
        if user.len() < *least {
            ::std::result::Result::Err(StatusCode::FORBIDDEN)
        } else {
            ::std::result::Result::Ok(User(user))
        }
    }

    #[prepare]
    fn seen(&self, Extension(User(name)): Extension<User>) {
        ::std::assert!(!name.is_empty());
    }

    #[finish]
    async fn end(&self, _: Background, outcome: &Outcome) {
        let _ = outcome.status();
    }

    #[finish]
    fn counted(self, &_: &Outcome) -> () {}
}

#[scope("/inner", in = Outer)]
pub(crate) struct Inner {}

#[handler("/{id}", in = self::Inner, timeout = "4s", middleware = around)]
pub(crate) struct Item {
    id: ::core::primitive::u8,
}

#[handler]
impl Item {
    #[prepare]
    async fn positive(&self) -> ::std::result::Result<(), StatusCode> {
        if self.id == 0 { ::std::result::Result::Err(StatusCode::NOT_FOUND) } else { ::std::result::Result::Ok(()) }
    }

    #[get(limits = limits, layer = layer, on_error = page)]
    async fn show(&self, user: Extension<User>) -> ::std::string::String {
        user.0.0 + &self.id.to_string()
    }

    #[finish]
    async fn over(self, outcome: &Outcome) {
        let _ = outcome.bytes();
    }
}

#[get("/function", in = Outer, middleware = around, timeout = "3s")]
pub(crate) async fn function() -> StatusCode {
    StatusCode::ACCEPTED
}

#[every("1h")]
async fn clean(_least: State<::core::primitive::usize>) -> ::std::result::Result<(), ::std::string::String> {
    ::std::result::Result::Ok(())
}

#[every("1h")]
fn sweep() {}

fn limits() -> Limits {
    ::std::default::Default::default()
}

fn layer() {}

async fn around(request: Request, next: Next) -> Response {
    next.run(request).await
}

async fn page(failure: Failure) -> impl IntoResponse {
    (failure.status(), "page")
}

#[::squall::app]
pub(crate) fn app() -> Application {
    Application::empty().handler::<Item>().handler::<function>().state(2_usize)
}

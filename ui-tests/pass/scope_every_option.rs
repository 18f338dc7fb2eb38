#![deny(warnings)]

use squall::middleware::{Middleware, Next};
use squall::{Failure, Html, IntoResponse, Limits, Request, Response, StatusCode, get, handler, scope};

/// Options in any order, some of them several times by nesting; functions, paths, closures and calls as values.
#[scope(
    "/",
    on_error = crate::page,
    timeout = "1 h",
    middleware = timing,
    body = "64 KiB",
    layer = layer,
    limits = Limits::default,
)]
struct Everything;

#[scope("/admin", in = Everything, middleware = require("admin"), layer = || (), limits = || Limits::default())]
struct Admin {
    #[header]
    x_user: Option<String>,
    #[query(default = 1, range = 1..=9)]
    page: u32,
    #[query(length = 1.., pattern = "^[a-z]+$")]
    tag: Vec<String>,
    #[cookie(default = "light")]
    theme: String,
}

#[scope("/a/b%20c/größe", in = self::Admin, on_error = shaped("inside"), body = "4096")]
struct Inner {}

#[handler("/{id}", in = Inner, timeout = "500ms", body = "1B", middleware = timing, layer = layer, on_error = page)]
struct Item {
    id: u64,
}

#[handler]
impl Item {
    #[get(timeout = "5s", limits = limits, middleware = require("item"), layer = layer, on_error = page)]
    async fn show(&self) -> String {
        self.id.to_string()
    }

    #[post(body = "2 MiB", blocking, timeout = "2d")]
    fn save(&self) {}

    #[put(body, detached)]
    async fn put(self) {}
}

#[handler("/", in = Admin)]
struct Root;

#[handler]
impl Root {
    #[get]
    async fn show(&self) -> Html<&'static str> {
        Html("<p>root")
    }
}

#[get("/list", in = Everything, on_error = page, body = "1MiB", name = List, register = true)]
async fn list() -> StatusCode {
    StatusCode::OK
}

fn layer() {}

fn limits() -> Limits {
    Limits::default()
}

async fn timing(request: Request, next: Next) -> Response {
    next.run(request).await
}

struct Require(&'static str);

impl Middleware for Require {
    async fn handle(&self, request: Request, next: Next) -> Response {
        if self.0.is_empty() { StatusCode::FORBIDDEN.into_response() } else { next.run(request).await }
    }
}

fn require(role: &'static str) -> Require {
    Require(role)
}

async fn page(failure: Failure) -> impl IntoResponse {
    (failure.status(), "page")
}

fn shaped(text: &'static str) -> impl Fn(Failure) -> std::future::Ready<(StatusCode, &'static str)> {
    move |failure| std::future::ready((failure.status(), text))
}

fn main() {
    assert_eq!(Item::at(7).url(), "/admin/a/b%20c/gr%C3%B6%C3%9Fe/7");
    assert_eq!(Root::at().url(), "/admin");
    assert_eq!(List {}.url(), "/list");
    let read = |admin: Admin| (admin.x_user, admin.page, admin.tag, admin.theme);
    let _ = read;
}

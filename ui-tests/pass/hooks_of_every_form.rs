#![deny(warnings)]

use std::pin::Pin;

use squall::{
    Background, Extension, Failure, HeaderMap, MatchedRoute, Outcome, Redirect, State, StatusCode, handler, scope,
};

#[derive(Clone)]
struct User<T = u64> {
    id: T,
    name: String,
}

type Known = Result<User, StatusCode>;

type Seen = Outcome;

#[scope("/admin")]
#[derive(Clone)]
struct Admin;

#[scope]
impl Admin {
    /// Results: an alias, a boxed value, `Self`, nothing said and nothing written, an array, a function.
    #[prepare]
    async fn known(&self) -> Known {
        Err(StatusCode::UNAUTHORIZED)
    }

    #[prepare]
    fn boxed(self) -> Result<std::sync::Arc<dyn Fn() -> u8 + Send + Sync>, Redirect> {
        Err(Redirect::to("/"))
    }

    #[prepare]
    async fn own(&self) -> Result<Self, (StatusCode, &'static str)> {
        Ok(self.clone())
    }

    #[prepare]
    async fn nothing(self: &Self) -> () {}

    #[prepare]
    async fn array(self: Self) -> Result<[u8; 1 + 1], squall::Error> {
        Ok([0; 2])
    }

    #[prepare]
    fn future(&self) -> Result<fn(u8) -> u8, std::convert::Infallible> {
        Ok(|number| number)
    }

    /// Arguments: patterns, mutable, ignored, optional, fallible, `Self` inside a type, with conditions.
    #[prepare]
    async fn arguments(
        &self,
        Extension(User { id, ref name }): Extension<User>,
        mut headers: HeaderMap,
        _: Background,
        route: Option<MatchedRoute>,
        own: Result<Extension<Self>, squall::MissingExtension>,
        #[cfg(any())] gone: Gone,
        #[allow(unused_variables)] state: State<Vec<User<u8>>>,
    ) {
        headers.clear();
        let _ = (id, name, headers, route.is_some(), own.is_ok());
    }

    /// The outcome first, last, in the middle, not at all, by an alias and by a path.
    #[finish]
    async fn first(&self, outcome: &Outcome, _: Background) {
        let _ = outcome.status();
    }

    #[finish]
    async fn last(&self, _: Background, _outcome: &squall::Outcome) {}

    #[finish]
    async fn middle(self, _: Background, &ref _outcome: &Seen, _: HeaderMap) -> () {}

    #[finish]
    fn without(&self) {}

    #[allow(dead_code)]
    async fn neither(&mut self, failure: &Failure) -> Pin<Box<u8>> {
        let _ = failure;
        Box::pin(1)
    }

    #[allow(dead_code)]
    const NAME: &'static str = "admin";
}

#[handler("/users/{id}", in = Admin)]
struct Users {
    id: u64,
}

#[handler]
impl Users {
    #[finish]
    async fn over(&self, _outcome: &Outcome) {}

    #[get]
    async fn show(&self, Extension(user): Extension<User>) -> String {
        format!("{} {} {}", self.id, user.id, user.name)
    }

    #[prepare]
    fn found(self) -> Result<u8, StatusCode> {
        if self.id == 0 { Err(StatusCode::NOT_FOUND) } else { Ok(1) }
    }

    #[prepare]
    async fn again(&self, _: Extension<u8>) {}
}

fn main() {}

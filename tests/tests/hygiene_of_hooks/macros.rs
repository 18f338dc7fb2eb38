//! Scopes, hooks and periodic functions that a user's own `macro_rules!` make, each fragment in every place where it can
//! stand.

use squall::middleware::Next;
use squall::testing::TestClient;
use squall::{
    Application, Extension, Failure, Limits, Outcome, Request, Response, State, StatusCode, get, handler, scope,
};

/// A scope and its impl: names, types, paths, options and documentation from the caller.
macro_rules! area {
    (
        $(#[$meta:meta])*
        $visibility:vis $name:ident at $path:literal in $parent:path, $time:literal, $around:path, $limits:expr;
        $field:ident: $field_type:ty;
        $prepare:ident($($pattern:pat => $argument:ty),*) -> $output:ty $body:block
    ) => {
        $(#[$meta])*
        #[scope($path, in = $parent, timeout = $time, middleware = $around, limits = $limits)]
        $visibility struct $name {
            #[header]
            $field: $field_type,
        }

        #[scope]
        impl $name {
            #[prepare]
            async fn $prepare(&self $(, $pattern: $argument)*) -> $output $body

            #[finish]
            async fn over(&self, outcome: &Outcome) {
                let _ = (&self.$field, outcome.status());
            }
        }
    };
}

#[scope("/macros/scopes")]
struct Outer;

#[derive(Clone)]
struct User(String);

async fn around(request: Request, next: Next) -> Response {
    next.run(request).await
}

fn limits() -> Limits {
    Limits::default()
}

async fn page(failure: Failure) -> (StatusCode, &'static str) {
    (failure.status(), "page")
}

area! {
    /// Where members are.
    #[derive(Debug)]
    pub(super) Members at "/members" in self::Outer, "5s", self::around, limits;
    x_user: Option<String>;
    known(name => State<String>) -> Result<User, StatusCode> {
        if name.is_empty() { Err(StatusCode::FORBIDDEN) } else { Ok(User(name.to_string())) }
    }
}

/// A type fragment as the struct of an impl, a whole item, and hooks by `meta`.
macro_rules! hooks {
    ($name:ty, $(#[$hook:meta])* $function:ident($($argument:ident: $type:ty),*)) => {
        #[scope]
        impl $name {
            $(#[$hook])*
            async fn $function(&self $(, $argument: $type)*) {
                $(let _ = $argument;)*
            }
        }
    };
}

hooks!(Outer, #[doc = "At the end."] #[finish] end(outcome: &Outcome, state: State<String>));

macro_rules! item {
    ($path:literal $parent:ident $item:item) => {
        #[scope($path, in = $parent)]
        $item
    };
    ($item:item) => {
        #[scope]
        $item
    };
}

item! {
    "/items" Outer
    struct Items;
}
item! {
    impl Items {
        #[prepare]
        async fn known(&self) -> Result<(), StatusCode> {
            Err(StatusCode::GONE)
        }
    }
}

/// Names of the macro's own, with a handler in it.
macro_rules! own_names {
    ($path:literal, $error:path, $verb:ident, $user:ty) => {
        #[scope($path, in = super::Outer, on_error = $error)]
        struct Inner;

        #[scope]
        impl Inner {
            #[prepare]
            async fn known(self) -> Result<$user, StatusCode> {
                Ok(super::User("own".to_owned()))
            }
        }

        #[handler("/item/{id}", in = Inner)]
        pub(super) struct Item {
            id: u8,
        }

        #[handler]
        impl Item {
            #[prepare]
            async fn positive(&self) -> Result<(), StatusCode> {
                if self.id == 0 { Err(StatusCode::NOT_FOUND) } else { Ok(()) }
            }

            #[$verb]
            async fn show(&self, Extension(user): Extension<$user>) -> String {
                user.0
            }

            #[finish]
            async fn over(&self, outcome: &Outcome) {
                let _ = outcome;
            }
        }

        #[squall::every("1h")]
        async fn clean(state: State<String>) {
            let _ = state;
        }
    };
}

mod own {
    use super::{Extension, Outcome, State, StatusCode, handler, scope};

    own_names!("/own", super::page, get, super::User);
}

macro_rules! every {
    ($time:literal, $name:ident($($argument:ident: $type:ty),*) -> $output:ty $body:block) => {
        #[squall::every($time)]
        async fn $name($($argument: $type),*) -> $output $body
    };
}

every!("1h", sweep(state: State<String>) -> Result<(), String> {
    Err(state.to_string())
});

#[get("/list", in = Members)]
async fn list(user: Extension<User>) -> String {
    user.0.0
}

#[get("/list", in = Items)]
async fn gone() {}

fn app() -> Application {
    Application::empty().handler::<list>().handler::<gone>().handler::<own::Item>().state("ann".to_owned())
}

#[tokio::test]
async fn macros_make_scopes() -> squall::Result<()> {
    let client = TestClient::new(app());
    assert_eq!(list {}.url(), "/macros/scopes/members/list");
    assert_eq!(client.get(list {}).await?.text()?, "ann");
    assert_eq!(client.get(gone {}).await?.status(), 410);
    assert_eq!(client.get(own::Item::at(1)).await?.text()?, "own");
    let missing = client.get(own::Item::at(0)).await?;
    assert_eq!((missing.status(), missing.text()?), (StatusCode::NOT_FOUND, "page"));
    Ok(())
}

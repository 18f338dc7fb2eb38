//! Handlers that a user's own `macro_rules!` make, each fragment in every place where it can stand.

use squall::testing::TestClient;
use squall::{Application, Json, State, get, handler};

/// A struct and its verbs: names, types, paths and documentation from the caller, the rest from here.
macro_rules! resource {
    (
        $(#[$meta:meta])*
        $visibility:vis $name:ident at $path:literal {
            $($(#[$attribute:meta])* $field:ident: $ty:ty,)*
        }
        $(#[$verb:meta])* $method:ident -> $output:ty $body:block
    ) => {
        $(#[$meta])*
        #[handler($path)]
        $visibility struct $name {
            $($(#[$attribute])* $field: $ty,)*
        }

        #[handler]
        impl $name {
            $(#[$verb])*
            async fn $method(&self) -> $output $body
        }
    };
}

resource! {
    /// With fields from the caller.
    #[derive(Clone, Debug)]
    pub(super) Fields at "/macros/fields/{id}" {
        id: u64,
        #[query(default = 3, range = 1..=5)]
        limit: u32,
        /// With documentation.
        #[header("x-trace")]
        trace: Option<String>,
    }
    /// Shows it.
    #[get]
    show -> Json<u64> { Json(1) }
}

resource! {
    Empty at "/macros/empty" {}
    #[put(body = "1KiB")]
    put -> String { String::from("empty") }
}

/// A function whose every part is a fragment.
macro_rules! function {
    ($verb:ident $path:literal, $name:ident($($(#[$attribute:meta])* $argument:ident: $ty:ty),*) -> $output:ty $body:block) => {
        #[squall::$verb($path)]
        async fn $name($($(#[$attribute])* $argument: $ty),*) -> $output $body
    };
}

function!(get "/macros/function/{name}", greet(name: String, #[query] times: Option<u8>) -> String {
    format!("{name} {times:?}")
});
function!(post "/macros/function", shout(state: State<u8>, body: String) -> String {
    format!("{body} {}", *state)
});

/// Names of the macro's own: nothing comes from the caller but the path.
macro_rules! own_names {
    ($path:literal, $value:expr) => {
        #[handler($path)]
        struct Inner {
            #[query(default = $value, range = 0..=9)]
            value: u8,
        }

        #[handler]
        impl Inner {
            #[get]
            async fn show(self) -> String {
                self.value.to_string()
            }
        }

        #[get("/macros/own/function")]
        async fn inner(#[query] value: u8) -> String {
            value.to_string()
        }

        fn own() -> Application {
            Application::empty().handler::<Inner>().handler::<inner>()
        }
    };
}

mod own {
    use super::{Application, get, handler};

    own_names!("/macros/own", 2 + 2);

    pub(super) fn app() -> Application {
        own()
    }
}

/// A whole item as a fragment.
macro_rules! item {
    ($path:literal $item:item) => {
        #[handler($path)]
        $item
    };
    ($item:item) => {
        #[handler]
        $item
    };
}

item! {
    "/macros/item/{id}"
    struct Item {
        id: u8,
        #[query]
        page: Option<u8>,
    }
}
item! {
    impl Item {
        #[get]
        async fn show(&self) -> String {
            format!("{} {:?}", self.id, self.page)
        }
    }
}

/// An option whose value is a fragment.
macro_rules! options {
    ($register:literal, $name:ident, $runtime:path) => {
        #[get("/macros/options", register = $register, name = $name, crate = $runtime)]
        async fn options() -> &'static str {
            "options"
        }
    };
}

options!(false, Options, ::squall);

#[tokio::test]
async fn macros_make_handler_structs() -> squall::Result<()> {
    let client = TestClient::new(Application::empty().handler::<Fields>().handler::<Empty>().handler::<Item>());
    assert_eq!(Fields { limit: 4, ..Fields::at(7) }.url(), "/macros/fields/7?limit=4");
    assert_eq!(client.get(Fields::at(7)).await?.json()?, 1);
    assert_eq!(client.get("/macros/fields/7?limit=6").await?.status(), 422);
    assert_eq!(client.put(Empty::at()).await?.text()?, "empty");
    assert_eq!(client.get(Item { id: 7, page: Some(2) }).await?.text()?, "7 Some(2)");
    Ok(())
}

#[tokio::test]
async fn macros_make_handler_functions() -> squall::Result<()> {
    let application = Application::empty().handler::<greet>().handler::<shout>().handler::<Options>().state(1_u8);
    let client = TestClient::new(application);
    assert_eq!(client.get(greet { name: "Ann".into(), times: Some(2) }).await?.text()?, "Ann Some(2)");
    assert_eq!(client.post(shout {}).body("hey").await?.text()?, "hey 1");
    assert_eq!(client.get(Options {}).await?.text()?, "options");
    Ok(())
}

#[tokio::test]
async fn macros_may_name_everything_themselves() -> squall::Result<()> {
    let client = TestClient::new(own::app());
    assert_eq!(client.get("/macros/own").await?.text()?, "4");
    assert_eq!(client.get("/macros/own?value=10").await?.status(), 422);
    assert_eq!(client.get("/macros/own/function?value=3").await?.text()?, "3");
    Ok(())
}

//! A user's own modules called like the crates that generated code names.

use squall::Application;
use squall::testing::TestClient;

/// Modules in scope that look like crates, and are empty.
mod crates {
    mod alloc {}
    mod bytes {}
    mod core {}
    mod http {}
    mod inventory {}
    mod serde {}
    mod squall {}
    mod squall_macros {}
    mod std {}
    mod tokio {}

    use ::squall::{Param, get, handler};

    #[derive(Param)]
    pub(super) enum Order {
        Up,
    }

    #[handler("/lookalikes/{id}")]
    pub(super) struct Item {
        pub(super) id: u8,
        #[query(default = 1, range = 1..=2)]
        pub(super) limit: u8,
        #[query(length = 0..=3)]
        pub(super) text: Option<String>,
        #[query(default = Order::Up)]
        pub(super) order: Order,
        #[cookie(default = "a")]
        pub(super) cookie: String,
    }

    #[handler]
    impl Item {
        #[get]
        async fn show(&self, state: Option<::squall::State<u8>>) -> String {
            format!("{} {}", self.id, state.is_some())
        }

        #[put(blocking)]
        fn put(&self) -> String {
            self.text.clone().unwrap_or_default()
        }

        #[post(detached)]
        async fn post(self) {}
    }

    #[get("/lookalikes")]
    pub(super) async fn list(#[query] page: Option<u8>) -> String {
        format!("{page:?}")
    }

    #[::squall::app]
    pub(super) async fn app() -> ::squall::Application {
        ::squall::Application::empty().handler::<Item>().handler::<list>().state(1_u8)
    }

    pub(super) mod program {
        mod core {}
        mod std {}
        mod squall {}

        #[::squall::main(check_test = false)]
        async fn start() -> Result<::squall::Application, String> {
            Ok(super::app().await)
        }

        pub(in super::super) const MAIN: fn() -> ::std::process::ExitCode = main;
    }
}

/// A handler inside a function, where no module is named after it.
fn local() -> Application {
    #[squall::get("/lookalikes/local", register = false)]
    async fn local() -> &'static str {
        "local"
    }

    Application::empty().handler::<local>()
}

#[tokio::test]
async fn modules_may_be_called_like_crates() -> squall::Result<()> {
    let _ = crates::program::MAIN;
    let client = TestClient::new(crates::app().await);
    assert_eq!(client.get(crates::Item::at(7)).await?.text()?, "7 true");
    assert_eq!(client.put(crates::Item::at(7)).await?.status(), 200);
    assert_eq!(client.post(crates::Item::at(7)).await?.status(), 200);
    assert_eq!(client.get(crates::list { page: Some(2) }).await?.text()?, "Some(2)");
    Ok(())
}

#[tokio::test]
async fn a_handler_may_stand_in_a_function() -> squall::Result<()> {
    assert_eq!(TestClient::new(local()).get("/lookalikes/local").await?.text()?, "local");
    Ok(())
}

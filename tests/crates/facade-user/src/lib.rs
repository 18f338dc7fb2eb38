//! A package that has squall from another package alone.

/// What stands between.
pub mod my {
    pub use squall_test_facade::squall;
}

use my::squall::{Application, get, handler, post};

squall_test_facade::health!("/health");
squall_test_facade::echo!(
    /// A word.
    #[derive(Clone, Debug)]
    pub struct Word at "/words/{word}" { word: String }
);
squall_test_facade::echo!(struct Number at "/numbers/{number}" { number: u8 });

/// One item.
#[handler("/items/{id}", crate = crate::my::squall)]
#[derive(Debug)]
pub struct Item {
    /// Its number.
    pub id: u64,
}

#[handler(crate = squall_test_facade::squall)]
impl Item {
    /// Shows it.
    #[get]
    pub async fn show(self) -> String {
        self.id.to_string()
    }
}

/// Gives the body back.
#[post("/", crate = ::squall_test_facade::squall)]
pub async fn give(body: String) -> String {
    body
}

mod inner {
    use super::my;

    #[super::get("/inner", crate = my::squall)]
    async fn inner() -> &'static str {
        "inner"
    }
}

/// The application.
#[my::squall::app(crate = my::squall)]
pub async fn app() -> Application {
    Application::new()
}

squall_test_facade::guarded!(
    /// The house.
    #[derive(Debug)]
    pub struct House at "/house" by "please" or Refused
);

/// A room.
#[get("/room", in = House, crate = crate::my::squall)]
pub async fn room(word: my::squall::Extension<squall_test_facade::Word>) -> &'static str {
    word.0.0
}

/// What was done.
#[derive(Debug, my::squall::IntoResponse)]
#[response(crate = my::squall, status = 201)]
pub struct Made(&'static str);

/// Makes it.
#[post("/room", in = House, crate = my::squall)]
pub async fn make() -> Made {
    Made("room")
}

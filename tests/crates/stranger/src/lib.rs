//! A package with a handler that stands among the dependencies and that no code names.

use squall::get;

/// Never served: what nobody names is not linked.
#[get("/stranger")]
async fn index() -> &'static str {
    "nobody called"
}

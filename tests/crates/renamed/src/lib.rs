//! A package that calls its dependency `web`. No crate named `squall` is in sight.

use web::{Application, Param, get, handler, routes};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Param)]
#[param(crate = web)]
pub enum Way {
    /// Upwards.
    Up,
    /// Downwards.
    Down,
}

/// A step.
#[handler("/steps/{way}", crate = web)]
#[derive(Debug)]
pub struct Step {
    /// Which way.
    pub way: Way,
    /// How far.
    #[query(default = 1, range = 1..=9)]
    pub far: u32,
}

#[handler(crate = ::web)]
impl Step {
    /// Takes it.
    #[get]
    pub async fn take(&self) -> String {
        format!("{:?} {}", self.way, self.far)
    }

    /// Takes it back.
    #[delete(blocking)]
    pub fn back(&self) {}
}

/// Greets.
#[get("/", crate = ::web)]
pub async fn index(#[query] name: Option<String>) -> String {
    name.unwrap_or_default()
}

/// The application.
#[web::app(crate = web)]
pub async fn app() -> Application {
    Application::new()
}

/// The same.
pub fn by_hand() -> Application {
    Application::from(routes!())
}

//! A package that calls its dependency `web`. No crate named `squall` is in sight.

use web::{Application, Extension, Outcome, Param, every, get, handler, routes, scope};

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

/// What can go wrong.
#[derive(Debug, web::Problem)]
#[problem(crate = web)]
pub enum StepError {
    /// There is none.
    #[problem(status = 404, detail = "no step {0}")]
    Missing(#[problem(member = "step")] u8),
}

/// What was done.
#[derive(Debug, web::IntoResponse)]
#[response(crate = ::web, status = 201)]
pub struct Made(&'static str);

/// Who asks.
#[derive(Clone, Debug)]
pub struct User(String);

/// The house.
#[scope("/house", crate = web, timeout = "5s", body = "1KiB", middleware = around)]
#[derive(Debug)]
pub struct House {
    /// Who asks.
    #[header]
    pub x_user: Option<String>,
}

#[scope(crate = web)]
impl House {
    /// Who it is.
    ///
    /// # Errors
    /// When nobody is there.
    #[prepare]
    pub async fn known(&self) -> Result<User, StepError> {
        self.x_user.clone().map(User).ok_or(StepError::Missing(0))
    }

    /// In the end.
    #[finish]
    pub async fn over(&self, _outcome: &Outcome) {}
}

/// A door.
#[handler("/doors/{id}", crate = ::web, in = House)]
#[derive(Debug)]
pub struct Door {
    /// Its number.
    pub id: u8,
}

#[handler(crate = web)]
impl Door {
    /// Looks for it.
    ///
    /// # Errors
    /// When it is not there.
    #[prepare]
    pub async fn found(&self) -> Result<(), StepError> {
        if self.id == 0 { Err(StepError::Missing(self.id)) } else { Ok(()) }
    }

    /// Opens it.
    #[get]
    pub async fn open(&self, user: Extension<User>) -> String {
        user.0.0
    }

    /// Builds it.
    #[post]
    pub async fn build(&self) -> Made {
        Made("door")
    }
}

/// Closes the windows.
#[every("12h", crate = web)]
pub async fn close() {}

/// Goes on.
pub async fn around(request: web::Request, next: web::middleware::Next) -> web::Response {
    next.run(request).await
}

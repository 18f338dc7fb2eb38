//! Scopes, hooks, periodic functions and derives of every form, public and documented.

use squall::middleware::Next;
use squall::{
    Extension, Failure, FromMultipart, IntoResponse, Json, Limits, Outcome, Problem, Request, Response, State,
    StatusCode, UploadedFile, every, get, handler, post, scope,
};

/// What can go wrong.
#[derive(Debug, Problem)]
pub enum ShopError {
    /// Nobody is there.
    #[problem(status = 401, title = "nobody")]
    Nobody,
    /// It is not there.
    #[problem(status = 404, detail = "nothing of {0}", type = "tag:shop.example,2026:item")]
    Missing(
        /// Of whom.
        #[problem(member = "owner")]
        String,
    ),
    /// The disk is full.
    Disk(#[problem(from)] std::io::Error),
    /// Nobody comes here any more.
    #[deprecated]
    #[problem(status = 410)]
    Old,
    /// What the status says.
    #[problem(transparent)]
    Status(StatusCode),
}

/// What was done.
#[derive(Debug, IntoResponse)]
pub enum Saved {
    /// It is new.
    #[response(status = 201)]
    Created {
        /// Where it is.
        #[response(header = "location")]
        location: String,
        /// What it is.
        body: Json<u64>,
    },
    /// It was there.
    #[response(status = 204)]
    Unchanged,
}

/// What is sent.
#[derive(Debug, FromMultipart)]
#[multipart(parts = 4)]
pub struct Upload {
    /// What it is called.
    #[part(length = 1..=20)]
    pub title: String,
    /// How often.
    #[part(range = 1..=3)]
    pub times: Option<u8>,
    /// What it is.
    #[part(limit = "1MiB")]
    pub photo: UploadedFile,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct User(pub String);

/// The shop.
#[scope("/shop", timeout = "5s", body = "64KiB", limits = limits, middleware = around, layer = layer, on_error = page)]
#[derive(Clone, Debug)]
pub struct Shop {
    /// Who asks.
    #[header]
    pub x_user: Option<String>,
    /// Which page.
    #[query(default = 1, range = 1..=9)]
    pub page: u8,
}

#[scope]
impl Shop {
    /// Who it is.
    ///
    /// # Errors
    /// When it is nobody.
    #[prepare]
    pub async fn known(&self, _name: State<String>) -> Result<User, ShopError> {
        self.x_user.clone().map(User).ok_or(ShopError::Nobody)
    }

    /// Looks at it.
    #[prepare]
    #[deprecated]
    pub fn seen(self, Extension(user): Extension<User>) {
        drop(user);
    }

    /// In the end.
    #[finish]
    pub async fn over(&self, outcome: &Outcome, _name: State<String>) {
        tracing_like(outcome.bytes());
    }
}

const fn tracing_like(_: u64) {}

/// Nobody outside can name it.
#[scope("/", in = Shop)]
struct Room;

/// A part of the shop.
#[scope("/desk", in = Room)]
#[derive(Clone, Copy, Debug)]
pub struct Desk;

#[scope]
impl Desk {
    /// In the end.
    #[finish]
    pub fn closed(self) {}
}

/// What nobody needs any more.
#[deprecated]
#[scope("/attic", in = Shop)]
#[derive(Clone, Copy, Debug)]
pub struct Attic;

#[allow(deprecated, reason = "an impl names its struct")]
#[scope]
impl Attic {
    /// Before.
    #[prepare]
    pub async fn old(&self) {}
}

/// A sale.
#[handler("/sales/{id}", in = Desk, timeout = "4s", middleware = around)]
#[derive(Clone, Copy, Debug)]
pub struct Sale {
    /// Its number.
    pub id: u64,
}

#[handler]
impl Sale {
    /// Looks for it.
    ///
    /// # Errors
    /// When it is not there.
    #[prepare]
    pub async fn found(&self, user: Extension<User>) -> Result<(), ShopError> {
        if self.id == 0 { Err(ShopError::Missing(user.0.0)) } else { Ok(()) }
    }

    /// Shows it.
    #[get(limits = limits, layer = layer, on_error = page)]
    pub async fn show(&self, Extension(User(name)): Extension<User>) -> String {
        name
    }

    /// Saves it.
    #[put]
    pub async fn save(&self) -> Saved {
        Saved::Created { location: self.url().to_string(), body: Json(self.id) }
    }

    /// In the end.
    #[finish]
    pub async fn over(self, outcome: &Outcome) {
        tracing_like(outcome.bytes());
    }
}

/// Takes a picture.
#[post("/pictures", in = Shop, body = "2MiB", timeout = "9s")]
pub async fn picture(form: Upload) -> String {
    form.title
}

/// Lists them.
#[get("/pictures", in = Shop, middleware = around)]
pub async fn pictures() -> Saved {
    Saved::Unchanged
}

/// Cleans up.
///
/// # Errors
/// When the disk is full.
#[every("12h")]
pub async fn clean(name: State<String>) -> Result<(), String> {
    if name.is_empty() { Err(String::from("no name")) } else { Ok(()) }
}

#[every("12h")]
#[deprecated]
fn sweep() {}

/// What is taken.
#[must_use]
pub fn limits() -> Limits {
    Limits::default()
}

/// No layer.
pub const fn layer() {}

/// Goes on.
pub async fn around(request: Request, next: Next) -> Response {
    next.run(request).await
}

/// Shows a failure.
pub async fn page(failure: Failure) -> (StatusCode, &'static str) {
    (failure.status(), "page")
}

//! Handlers of every form, public and documented.

use serde::{Deserialize, Serialize};
use squall::{Json, NoContent, Param, State, StatusCode, delete, get, handler, post};

/// How items are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Param)]
pub enum Order {
    /// The newest first.
    Newest,
    /// The cheapest first.
    Cheapest,
}

/// What is shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct View {
    /// Its number.
    pub id: u64,
    /// All that was asked.
    pub text: String,
}

/// Which part of a list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Page {
    /// Where it begins.
    #[serde(default)]
    pub from: u32,
}

/// One item.
#[handler("/items/{id}")]
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number.
    pub id: u64,
    /// How many words.
    #[query(default = 20, range = 1..=100)]
    pub limit: u32,
    /// How it is sorted.
    #[query(default = Order::Newest)]
    pub order: Order,
    /// What it is called.
    #[query(length = ..=8)]
    pub tag: Vec<String>,
    /// Which part.
    #[query(flatten)]
    pub page: Page,
    /// The language.
    #[header]
    pub accept_language: Option<String>,
    /// The colours.
    #[cookie(default = "light")]
    pub theme: String,
}

#[handler]
impl Item {
    /// Shows it.
    #[get]
    pub async fn show(&self, name: State<String>) -> Json<View> {
        let Self { id, limit, order, tag, page, theme, .. } = self;
        let text = format!("{} {limit} {order:?} {tag:?} {} {theme}", *name, page.from);
        Json(View { id: *id, text })
    }

    /// Changes it.
    ///
    /// # Errors
    /// When the item is zero.
    #[put]
    pub async fn replace(self, body: Json<View>) -> Result<Json<View>, StatusCode> {
        if self.id == 0 { Err(StatusCode::CONFLICT) } else { Ok(body) }
    }

    /// Removes it.
    #[must_use]
    #[delete(blocking)]
    pub fn remove(self) -> NoContent {
        NoContent
    }

    /// Sorts it.
    #[post(detached)]
    pub async fn sort(self) -> String {
        self.limit.to_string()
    }

    /// Clears it.
    #[method("PURGE")]
    pub async fn purge(&self) -> impl squall::IntoResponse + use<> {
        StatusCode::ACCEPTED
    }
}

/// Greets.
#[get("/hello/{name}")]
pub async fn hello(name: String, #[query] excited: Option<bool>) -> String {
    if excited == Some(true) { format!("Hello, {name}!") } else { format!("Hello, {name}") }
}

/// Takes what comes.
#[post("/hello")]
pub async fn say(Json(view): Json<View>) -> String {
    view.text
}

/// Waits on a thread of its own.
#[delete("/hello", blocking, name = Silence)]
pub fn silence() {}

/// Greets as it once did.
#[deprecated(note = "say `hello`")]
#[get("/old/{name}")]
pub async fn old(name: String, #[query(default = 1)] times: u32) -> String {
    format!("{name} {times}")
}

/// What was once an item.
#[deprecated]
#[handler("/old-items/{id}")]
#[derive(Clone, Debug)]
pub struct OldItem {
    /// Its number.
    pub id: u64,
    /// How many words.
    #[query(default = 20, range = 1..=100)]
    pub limit: u32,
}

#[allow(deprecated, reason = "an impl names its struct")]
#[handler]
impl OldItem {
    /// Shows it.
    #[get]
    pub async fn show(&self, name: State<String>) -> String {
        format!("{} {} {}", *name, self.id, self.limit)
    }
}

/// An item of which a part is old.
#[handler("/part/{id}")]
#[derive(Clone, Debug)]
pub struct Part {
    /// Its number.
    pub id: u64,
    /// How many words.
    #[deprecated]
    #[query(default = 20, range = 1..=100)]
    pub limit: u32,
}

#[handler]
impl Part {
    /// Shows it.
    #[deprecated]
    #[get]
    pub async fn show(&self, name: State<String>) -> String {
        format!("{} {}", *name, self.id)
    }

    /// Removes it.
    #[deprecated]
    #[delete(blocking)]
    #[must_use]
    pub fn remove(self, name: State<String>) -> String {
        format!("{} {}", name.into_arc(), self.id)
    }

    /// Changes it.
    #[put]
    pub async fn change(self) -> NoContent {
        NoContent
    }
}

/// How things were sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Param)]
pub enum OldOrder {
    /// The newest first.
    Newest,
    /// The oldest first.
    #[deprecated]
    Oldest,
}

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

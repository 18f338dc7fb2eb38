//! Every kind of input: `cargo run --example params`, then
//! `curl -b theme=dark 'http://127.0.0.1:8888/search/books?q=rust&tag=web&tag=async&page=2'`.

use serde::{Deserialize, Serialize};
use squall::{Application, Json, Param, get, handler};

#[derive(Clone, Copy, Debug, Param, Serialize)]
enum Sort {
    Relevance,
    NewestFirst,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Paging {
    #[serde(default)]
    page: u32,
}

/// A search in one part of the catalogue.
#[handler("/search/{shelf}")]
#[derive(Clone, Debug, Serialize)]
struct Search {
    shelf: String, // named in the path
    #[query(length = 1..=100)]
    q: String, // required: without it the answer is 400
    #[query]
    tag: Vec<String>, // ?tag=a&tag=b
    #[query]
    exact: Option<bool>,
    #[query(default = 20, range = 1..=100)]
    limit: u32, // 422 beyond its range
    #[query(rename = "sort-by", default = Sort::Relevance)]
    sort: Sort,
    #[query(flatten)]
    paging: Paging, // any serde struct
    #[header]
    accept_language: Option<String>,
    #[cookie]
    theme: Option<String>,
}

#[handler]
impl Search {
    #[get]
    async fn show(&self) -> Json<Search> {
        Json(self.clone())
    }
}

#[get("/files/{*path}")]
async fn file(path: String) -> String {
    let search = Search::at("books".into(), "rust".into(), Paging { page: 1 });
    format!("the file {path}, and a search: {}", search.url())
}

#[squall::main]
async fn app() -> Application {
    Application::new()
}

//! Handlers that nobody else sees.

use squall::{get, handler};

#[handler("/private")]
struct Private;

#[handler]
impl Private {
    #[get]
    async fn show(&self) -> &'static str {
        "private"
    }
}

#[get("/hidden")]
pub(super) async fn hidden(#[query] id: u64) -> String {
    id.to_string()
}

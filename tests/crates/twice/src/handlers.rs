//! Handlers that the library and the program both compile.

use squall::handler;

/// One item.
#[handler("/items/{id}")]
pub(crate) struct Item {
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> String {
        format!("item {}", self.id)
    }

    #[delete]
    async fn remove(self) -> String {
        format!("no item {}", self.id)
    }
}

//! Handlers that the library and the program both compile.

use squall::{State, handler};

/// What a price is in. The library and the program have a type of this name each.
pub(crate) struct Currency(pub(crate) &'static str);

/// One item.
#[handler("/items/{id}")]
pub(crate) struct Item {
    id: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self, currency: State<Currency>) -> String {
        format!("item {} in {}", self.id, currency.0)
    }

    #[delete]
    async fn remove(self) -> String {
        format!("no item {}", self.id)
    }
}

//! Handlers that the library and the program both compile.

use squall::{State, every, handler};

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

/// Asks for the same type, so that only the copy of the program can be meant.
#[every("1h")]
async fn look_up(currency: State<Currency>) {
    println!("{}", currency.0);
}

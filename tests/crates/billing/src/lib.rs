//! A package with handlers, for programs that mount it, leave it out or forget it.

use squall::{Routes, State, get, handler};

/// What an invoice is made out in.
#[derive(Debug)]
pub struct Currency(pub &'static str);

/// One invoice.
#[handler("/invoices/{id}")]
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Its number.
    pub id: u64,
}

#[handler]
impl Invoice {
    /// Shows it.
    #[get]
    pub async fn show(&self, currency: State<Currency>) -> String {
        format!("{} {}", self.id, currency.0)
    }
}

/// Lists them.
#[get("/")]
async fn list() -> &'static str {
    "invoices"
}

/// What there is to mount.
pub fn routes() -> Routes {
    squall::routes!()
}

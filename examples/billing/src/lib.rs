//! A crate with handlers of its own. It says what it serves; where, the program decides that mounts it.

use serde::Serialize;
use squall::{Json, Redirect, Routes, State, get};

/// What invoices are made out in.
#[derive(Debug)]
pub struct Currency(pub &'static str);

/// One invoice.
#[derive(Debug, Serialize)]
pub struct Invoice {
    id: u32,
    total: String,
}

/// Shows an invoice.
#[get("/invoices/{id}", name = Show)]
pub async fn show(id: u32, currency: State<Currency>) -> Json<Invoice> {
    Json(Invoice { id, total: format!("{} {}", id * 10, currency.0) })
}

/// Leads to the newest invoice; the link knows the prefix of the mount.
#[get("/")]
async fn newest() -> Redirect {
    Redirect::to(Show { id: 7 })
}

/// The handlers of this crate.
pub fn routes() -> Routes {
    squall::routes!().state(Currency("EUR"))
}

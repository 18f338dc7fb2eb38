//! The handlers of a second crate, mounted under a prefix: `cargo run --example two_crates`.
//!
//! Linking a crate serves nothing: without `.mount` (or `.without`) the launch check refuses to start.

use squall::{Application, Html, get};
use squall_example_billing as billing;

#[get("/")]
async fn index() -> Html<String> {
    // Without the prefix, as only the running application knows it; `Redirect` and `TestClient` add it.
    let link = billing::Show { id: 3 }.url();
    Html(format!("<p><a href=\"/billing{link}\">Invoice 3</a>, or <a href=\"/billing\">the newest</a>"))
}

#[squall::main]
async fn app() -> Application {
    Application::new().mount("/billing", billing::routes())
}

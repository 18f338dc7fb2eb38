//! An HTML page from a file: `cargo run --example page`.

use squall::{Application, Html, get};

#[get("/")]
async fn page() -> Html<&'static str> {
    Html(include_str!("assets/page.html"))
}

#[get("/plain")]
async fn plain() -> &'static str {
    "It is part of the program: nothing has to be copied beside the binary.\n"
}

#[squall::main]
async fn app() -> Application {
    Application::new()
}

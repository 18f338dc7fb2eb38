use squall::{Application, get};

#[squall::handler("/items")]
#[cfg(any())]
struct Items {
    id: Missing,
}

#[squall::handler]
#[cfg(any())]
impl Items {
    #[get]
    async fn list(&self) -> Missing {}
}

#[cfg(any())]
#[get("/above")]
async fn above() -> Missing {}

#[get("/below")]
#[cfg(any())]
async fn below() -> Missing {}

/// The other one.
#[get("/below")]
#[cfg(not(any()))]
#[allow(clippy::unused_async)]
async fn below() -> &'static str {
    "below"
}

#[squall::app]
#[cfg(any())]
pub async fn app() -> Missing {}

fn main() {
    let _ = Application::empty().handler::<below>();
}

use squall::{Sse, get};

#[get("/")]
async fn index() -> Sse {
    Sse::new(texts())
}

fn texts() -> impl futures_core::Stream<Item = String> {
    Texts
}

struct Texts;

impl futures_core::Stream for Texts {
    type Item = String;

    fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<String>> {
        std::task::Poll::Ready(None)
    }
}

fn main() {}

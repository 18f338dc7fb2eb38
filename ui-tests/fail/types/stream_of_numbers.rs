use squall::{Body, get};

#[get("/")]
async fn index() -> Body {
    Body::from_stream(numbers())
}

fn numbers() -> impl futures_core::Stream<Item = u64> {
    Numbers
}

struct Numbers;

impl futures_core::Stream for Numbers {
    type Item = u64;

    fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<u64>> {
        std::task::Poll::Ready(None)
    }
}

fn main() {}

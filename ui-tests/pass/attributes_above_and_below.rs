use squall::{get, handler};

#[derive(Clone, Debug)]
#[handler("/above/{id}")]
#[allow(dead_code)]
struct Above {
    /// The number.
    id: u64,
}

/// An item.
#[handler("/below/{id}")]
#[derive(Clone, Debug)]
#[must_use]
struct Below {
    #[allow(dead_code)]
    id: u64,
}

#[allow(clippy::unused_async)]
#[handler]
/// Its verbs.
impl Above {
    /// Shows it.
    #[get]
    #[must_use]
    async fn show(&self) -> String {
        format!("{self:?}")
    }
}

#[handler]
#[allow(clippy::unused_async)]
impl Below {
    #[inline]
    #[get]
    async fn show(&self) -> String {
        format!("{self:?}")
    }
}

/// Says hello.
#[get("/hello")]
#[inline]
async fn hello() {}

fn main() {
    let _ = Below::at(1).clone();
    assert_eq!(Above { id: 7 }.clone().url(), "/above/7");
    assert_eq!(hello {}.url(), "/hello");
}

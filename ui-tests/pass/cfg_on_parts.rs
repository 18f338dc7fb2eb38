use squall::{get, handler};

#[handler("/items")]
struct Items {
    #[cfg(not(any()))]
    #[query]
    page: Option<u64>,
    #[cfg(any())]
    #[query]
    page: Missing,
    #[cfg(any())]
    #[query(default = missing(), range = 1..=2)]
    count: Missing,
}

#[handler]
impl Items {
    #[cfg(not(any()))]
    #[get]
    async fn list(&self, #[cfg(any())] _shop: Missing) -> String {
        format!("{:?}", self.page)
    }

    #[cfg(any())]
    #[get]
    async fn list(&self, missing: Missing) -> Missing {
        missing
    }

    #[post]
    #[cfg(any())]
    async fn add(&self) -> Missing {}
}

#[get("/search")]
async fn search(
    #[cfg(any())]
    #[query]
    text: Missing,
    #[query]
    #[cfg(not(any()))]
    text: Option<String>,
    #[cfg(any())] shop: Missing,
) -> Option<String> {
    text
}

fn main() {
    assert_eq!(Items { page: Some(2) }.url(), "/items?page=2");
    assert_eq!(search { text: None }.url(), "/search");
}

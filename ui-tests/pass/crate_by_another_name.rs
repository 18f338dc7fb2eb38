mod web {
    pub(crate) use squall;
}

#[web::squall::handler("/items/{id}", crate = crate::web::squall)]
struct Item {
    id: u64,
    #[query(default = 1, range = 1..=2)]
    count: u64,
}

#[web::squall::handler(crate = crate::web::squall)]
impl Item {
    #[get]
    async fn show(&self) -> String {
        format!("{} {}", self.id, self.count)
    }
}

#[web::squall::get("/", crate = crate::web::squall)]
#[cfg(not(any()))]
async fn index() {}

fn main() {
    assert_eq!(Item { id: 7, count: 2 }.url(), "/items/7?count=2");
}

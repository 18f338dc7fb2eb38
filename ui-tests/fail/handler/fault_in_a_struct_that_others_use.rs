use squall::{Redirect, get, handler};

#[handler("/items/{id}")]
struct Item {
    id: u64,
    #[query(defalt = 1)]
    page: u64,
}

#[handler]
impl Item {
    #[get]
    async fn show(&self) -> String {
        format!("{} {}", self.id, self.page)
    }
}

#[get("/")]
async fn index() -> Redirect {
    let item = Item::at(7, 1);
    let _ = (item.url(), item.try_url());
    Redirect::to(item)
}

fn main() {}

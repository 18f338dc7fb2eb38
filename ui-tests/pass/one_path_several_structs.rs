use squall::handler;

#[handler("/items/{id}")]
struct ShowItem {
    id: u64,
}

#[handler]
impl ShowItem {
    #[get]
    async fn show(&self) -> String {
        self.id.to_string()
    }
}

#[handler("/items/{number}")]
struct ChangeItem {
    number: u64,
    #[query]
    notify: bool,
}

#[handler]
impl ChangeItem {
    #[put]
    async fn replace(&self) -> String {
        format!("{} {}", self.number, self.notify)
    }

    #[delete]
    async fn remove(&self) {}
}

fn main() {
    assert_eq!(ShowItem::at(7).url(), ChangeItem { number: 7, notify: false }.url().path());
}

use squall::get;

struct Items;

impl Items {
    #[get("/items")]
    async fn list(&self) {}
}

fn main() {
    let _ = Items.list();
}

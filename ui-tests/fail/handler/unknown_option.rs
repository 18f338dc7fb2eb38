use squall::handler;

#[handler("/items", registre = false)]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

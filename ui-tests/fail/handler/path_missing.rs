use squall::handler;

#[handler]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}
}

fn main() {}

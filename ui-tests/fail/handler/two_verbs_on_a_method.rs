use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[put]
    #[post]
    async fn save(&self) {}
}

fn main() {}

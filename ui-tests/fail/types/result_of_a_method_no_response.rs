use squall::handler;

struct View;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) -> View {
        View
    }
}

fn main() {}

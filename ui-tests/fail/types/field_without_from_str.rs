use squall::handler;

struct Color;

#[handler("/items")]
struct Items {
    #[query]
    color: Color,
}

#[handler]
impl Items {
    #[get]
    async fn list(&self) {
        let _ = &self.color;
    }
}

fn main() {}

use squall::handler;

#[handler("/hello/{name}")]
struct Hello {
    name: String,
}

#[handler]
impl Hello {
    #[get]
    async fn greet(&self) -> &str {
        &self.name
    }
}

fn main() {}

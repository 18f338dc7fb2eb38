use squall::handler;

#[handler("/users/{name}")]
struct User {
    nmae: String,
}

#[handler]
impl User {
    #[get]
    async fn show(&self) -> String {
        self.nmae.clone()
    }
}

fn main() {}

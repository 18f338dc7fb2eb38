use squall::handler;

#[handler("/users/{namee}/{id}")]
struct User {
    name: String,
    id: u64,
}

#[handler]
impl User {
    #[get]
    async fn show(&self) -> String {
        format!("{} {}", self.name, self.id)
    }
}

fn main() {}

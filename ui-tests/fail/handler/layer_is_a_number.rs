use squall::handler;

#[handler("/users", layer = 5)]
struct Users;

#[handler]
impl Users {
    #[get]
    async fn list(&self) {}
}

fn main() {}

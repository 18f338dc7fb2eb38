use squall::handler;

#[handler("/users", body = 5000)]
struct Users;

#[handler]
impl Users {
    #[post]
    async fn add(&self) {}
}

fn main() {}

use squall::handler;

#[handler("/admin")]
struct Admin;

#[handler]
impl Admin {
    #[get]
    async fn show(&self) {}
}

#[handler("/users", in = Admin)]
struct Users;

#[handler]
impl Users {
    #[get]
    async fn list(&self) {}
}

fn main() {}

use squall::handler;

#[handler("/users")]
struct Users;

#[handler]
impl Users {
    #[get(limits = 5)]
    async fn list(&self) {}
}

fn main() {}

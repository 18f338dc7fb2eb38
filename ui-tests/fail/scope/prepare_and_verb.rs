use squall::handler;

#[handler("/users")]
struct Users;

#[handler]
impl Users {
    #[get]
    #[prepare]
    async fn list(&self) -> &'static str {
        "users"
    }
}

fn main() {}

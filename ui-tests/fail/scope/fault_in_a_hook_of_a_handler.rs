use squall::handler;

#[handler("/users")]
struct Users;

#[handler]
impl Users {
    #[prepare]
    async fn known() {}

    #[get]
    async fn list(&self) -> &'static str {
        "users"
    }
}

fn main() {}

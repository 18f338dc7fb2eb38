use squall::{handler, scope};

#[scope("/admin")]
struct Admin;

#[handler("/users")]
struct Users;

#[handler(in = Admin)]
impl Users {
    #[get]
    async fn list(&self) -> &'static str {
        "users"
    }
}

fn main() {}

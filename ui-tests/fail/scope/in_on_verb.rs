use squall::{handler, scope};

#[scope("/admin")]
struct Admin;

#[handler("/users")]
struct Users;

#[handler]
impl Users {
    #[get(in = Admin)]
    async fn list(&self) -> &'static str {
        "users"
    }
}

fn main() {}

use squall::{get, scope};

#[scope("admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) {}
}

#[get("/users", in = Admin)]
async fn users() -> &'static str {
    "users"
}

fn main() {}

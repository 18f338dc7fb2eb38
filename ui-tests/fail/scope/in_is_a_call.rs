use squall::{get, scope};

#[scope("/admin")]
struct Admin;

#[get("/users", in = Admin::new())]
async fn users() -> &'static str {
    "users"
}

fn main() {}

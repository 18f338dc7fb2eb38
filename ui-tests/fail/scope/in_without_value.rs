use squall::{get, scope};

#[scope("/admin")]
struct Admin;

#[get("/users", in)]
async fn users() -> &'static str {
    "users"
}

fn main() {}

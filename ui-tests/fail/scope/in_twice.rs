use squall::{get, scope};

#[scope("/admin")]
struct Admin;

#[get("/users", in = Admin, in = Admin)]
async fn users() -> &'static str {
    "users"
}

fn main() {}

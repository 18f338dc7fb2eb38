use squall::get;

struct Admin;

#[get("/users", in = Admin)]
async fn users() -> &'static str {
    "users"
}

fn main() {}

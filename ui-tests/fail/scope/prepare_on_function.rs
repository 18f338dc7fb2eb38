use squall::get;

#[get("/users")]
#[prepare]
async fn users() -> &'static str {
    "users"
}

fn main() {}

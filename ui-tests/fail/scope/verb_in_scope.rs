use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[get]
    async fn users(&self) -> &'static str {
        "users"
    }
}

fn main() {}

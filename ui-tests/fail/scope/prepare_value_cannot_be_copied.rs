use squall::{StatusCode, scope};

#[scope("/admin")]
struct Admin;

struct User;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) -> Result<User, StatusCode> {
        Ok(User)
    }
}

fn main() {}

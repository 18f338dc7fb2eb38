use squall::scope;

#[scope("/admin")]
struct Admin;

struct User;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self, _user: User) {}
}

fn main() {}

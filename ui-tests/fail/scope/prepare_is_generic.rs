use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known<T>(&self, _user: Option<T>) {}
}

fn main() {}

use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[finish]
    async fn count(&self, _status: &u16) {}
}

fn main() {}

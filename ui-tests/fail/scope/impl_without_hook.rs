use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    async fn known(&self) {}
}

fn main() {}

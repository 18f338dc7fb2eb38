use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    #[finish]
    async fn known(&self) {}
}

fn main() {}

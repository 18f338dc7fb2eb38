use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    #[prepare]
    async fn known(&self) {}
}

fn main() {}

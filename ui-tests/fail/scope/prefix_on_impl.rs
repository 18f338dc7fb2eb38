use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope("/admin")]
impl Admin {
    #[prepare]
    async fn known(&self) {}
}

fn main() {}

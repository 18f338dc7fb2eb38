use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope(timeout = "5s")]
impl Admin {
    #[prepare]
    async fn known(&self) {}
}

fn main() {}

use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) {}
}

fn main() {}

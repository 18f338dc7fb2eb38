use squall::scope;

struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) {}
}

fn main() {}

use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) {}
}

#[scope]
impl Admin {
    #[prepare]
    async fn counted(&self) {}
}

fn main() {}

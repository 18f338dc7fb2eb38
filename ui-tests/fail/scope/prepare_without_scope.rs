use squall::scope;

#[scope("/admin")]
struct Admin;

impl Admin {
    #[prepare]
    async fn known(&self) {}
}

fn main() {}
